package conversations.deletion.domain;

/**
 * Id of a client app: the registered application that calls the API.
 *
 * @param value 1 to 128 letters, digits, {@code -} or {@code _}
 */
public record ClientAppId(String value) {

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public ClientAppId {
    IdSyntax.OWN.require(value, "ClientAppId");
  }

  /** Tells whether {@code value} could be the id of a client app. */
  public static boolean isValid(String value) {
    return IdSyntax.OWN.matches(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
