package conversations.deletion.domain;

/**
 * The caller's own name for a request, such as the number of a ticket. It may be about a person, so
 * it is shown with the job and nowhere else, and forgotten with the job's details.
 *
 * @param value 1 to 128 {@linkplain Printable printable} characters, with no white space at either
 *     end
 */
public record Reference(String value) {

  private static final int MAX_LENGTH = 128;

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public Reference {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a reference has 1 to 128 printable characters, with no white space at either end");
    }
  }

  /** Tells whether {@code value} can be a reference. */
  public static boolean isValid(String value) {
    return value != null
        && value.codePointCount(0, value.length()) <= MAX_LENGTH
        && Printable.isAll(value)
        && !isSpaceAt(value, 0)
        && !isSpaceAt(value, value.length() - 1);
  }

  private static boolean isSpaceAt(String value, int index) {
    return value.isEmpty() || Character.isSpaceChar(value.charAt(index));
  }

  @Override
  public String toString() {
    return "(a reference)";
  }
}
