package conversations.deletion.domain;

/**
 * Id of a hold, chosen by whoever places it: the number of a case, for instance. It is good once
 * for a bot.
 *
 * @param value 1 to 128 printable ASCII characters other than space, {@code #} and {@code /}
 */
public record HoldId(String value) implements Comparable<HoldId> {

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public HoldId {
    IdSyntax.PLATFORM.require(value, "HoldId");
  }

  /** Tells whether {@code value} can be the id of a hold. */
  public static boolean isValid(String value) {
    return IdSyntax.PLATFORM.matches(value);
  }

  @Override
  public int compareTo(HoldId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
