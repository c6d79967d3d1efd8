package conversations.deletion.domain;

/**
 * Why something is held. It may name people, so it is shown with the hold and nowhere else.
 *
 * @param value 1 to 500 {@linkplain Printable printable} characters, not all of them spaces
 */
public record HoldReason(String value) {

  private static final int MAX_LENGTH = 500;

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public HoldReason {
    if (!isValid(value)) {
      throw new IllegalArgumentException("a reason has 1 to 500 printable characters");
    }
  }

  /** Tells whether {@code value} can be a reason. */
  public static boolean isValid(String value) {
    return value != null
        && !value.isBlank()
        && value.codePointCount(0, value.length()) <= MAX_LENGTH
        && Printable.isAll(value);
  }

  @Override
  public String toString() {
    return "(a reason)";
  }
}
