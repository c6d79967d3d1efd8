package conversations.deletion.domain;

/**
 * Id of a conversation: one session between a channel user and a bot.
 *
 * <p>Callers may name only ids of the usual form; see {@link #isValid}. The index may also hold
 * other ids, which a platform has written. Their conversations must be deleted like any other. A
 * bot's id holds no {@code #}, so no conversation id can reach into another bot's keys.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters
 */
public record ConversationId(String value) {

  /** DynamoDB's limit for a partition key. */
  private static final int MAX_LENGTH = 2_048;

  /**
   * @throws IllegalArgumentException if the value is empty or too long
   */
  public ConversationId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("ConversationId of " + value.length() + " characters");
    }
  }

  /**
   * Tells whether {@code value} is 1 to 128 printable ASCII characters other than space, {@code #}
   * and {@code /}.
   */
  public static boolean isValid(String value) {
    return IdSyntax.PLATFORM.matches(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
