package conversations.deletion.domain;

/**
 * Id of a channel user: the end user who talked to the bot.
 *
 * @param value 1 to 128 printable ASCII characters other than space, {@code #} and {@code /}
 */
public record ChannelUserId(String value) {

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public ChannelUserId {
    IdSyntax.PLATFORM.require(value, "ChannelUserId");
  }

  /** Tells whether {@code value} could be the id of a channel user. */
  public static boolean isValid(String value) {
    return IdSyntax.PLATFORM.matches(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
