package conversations.deletion.domain;

/**
 * Id of a bot: the application whose conversations are stored.
 *
 * @param value 1 to 128 letters, digits, {@code -} or {@code _}
 */
public record BotId(String value) {

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public BotId {
    IdSyntax.OWN.require(value, "BotId");
  }

  /** Tells whether {@code value} could be the id of a bot. */
  public static boolean isValid(String value) {
    return IdSyntax.OWN.matches(value);
  }

  /**
   * Works like a record's own. It is written out because the generated one costs time at a
   * function's cold start.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof BotId(String otherValue) && value.equals(otherValue);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
