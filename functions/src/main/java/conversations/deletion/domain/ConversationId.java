package conversations.deletion.domain;

/**
 * Id of a conversation: one session between a channel user and a bot.
 *
 * @param value 1 to 128 letters, digits, {@code -} or {@code _}
 */
public record ConversationId(String value) {

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public ConversationId {
    IdSyntax.require(value, "ConversationId");
  }

  /** Tells whether {@code value} could be the id of a conversation. */
  public static boolean isValid(String value) {
    return IdSyntax.matches(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
