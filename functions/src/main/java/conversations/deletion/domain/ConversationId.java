package conversations.deletion.domain;

/**
 * Id of a conversation: one session between a channel user and a bot.
 *
 * <p>Callers may name only ids of the usual form; see {@link #isValid}. The index may also hold
 * other ids, which a platform has written. Their conversations must be deleted like any other.
 * Where the platform made a key that tells no id, {@link #unreadable} stands for it.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, behind what marks an unreadable one
 */
public record ConversationId(String value) {

  /** No caller's id has a space. */
  private static final String UNREADABLE = "unreadable key: ";

  /** DynamoDB's limit for a partition key. */
  private static final int MAX_LENGTH = 2_048;

  /**
   * @throws IllegalArgumentException if the value is empty or too long
   */
  public ConversationId {
    int longest = MAX_LENGTH + (value.startsWith(UNREADABLE) ? UNREADABLE.length() : 0);
    if (value.isEmpty() || value.length() > longest) {
      throw new IllegalArgumentException("ConversationId of " + value.length() + " characters");
    }
  }

  /** Stands for the conversation of a key that tells no id: it can only be reported. */
  public static ConversationId unreadable(String key) {
    return new ConversationId(UNREADABLE + key);
  }

  /**
   * Tells whether this stands for a key that tells no id. A platform's own id that looks so is
   * taken for one, too, or the two could be mistaken for each other.
   */
  public boolean isUnreadable() {
    return value.startsWith(UNREADABLE);
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
