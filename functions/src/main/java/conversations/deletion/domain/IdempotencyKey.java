package conversations.deletion.domain;

/**
 * The name that a client app gives to a request, so that it can send the request again without
 * asking twice (IETF draft "The Idempotency-Key HTTP Header Field").
 *
 * @param value 1 to 255 characters
 */
public record IdempotencyKey(String value) {

  private static final int MAX_LENGTH = 255;

  /**
   * @throws IllegalArgumentException if it is empty or too long
   */
  public IdempotencyKey {
    if (!isValid(value)) {
      throw new IllegalArgumentException("an idempotency key has 1 to 255 characters");
    }
  }

  /** Tells whether {@code value} can be such a key. */
  public static boolean isValid(String value) {
    return value != null && !value.isEmpty() && value.length() <= MAX_LENGTH;
  }
}
