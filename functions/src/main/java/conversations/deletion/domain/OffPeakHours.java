package conversations.deletion.domain;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of the day in which records may be deleted, written as in the hours field of cron: {@code
 * 18-23}, {@code 22-23,0-5}, {@code 3}, {@code *}.
 *
 * <p>Hour h is [h:00, h+1:00). A range that wraps round midnight is refused, as EventBridge
 * Scheduler's cron would not read it as people mean it; it is written as two. The template's
 * pattern is shorter and lets such a range through, so this is where it is refused.
 */
public final class OffPeakHours {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,2})(?:-(\\d{1,2}))?");
  private static final int HOURS_A_DAY = 24;

  private final BitSet hours;

  private OffPeakHours(BitSet hours) {
    this.hours = hours;
  }

  /**
   * @throws IllegalArgumentException if the text is not such a list of hours
   */
  public static OffPeakHours parse(String text) {
    BitSet hours = new BitSet(HOURS_A_DAY);
    if (text.equals("*")) {
      hours.set(0, HOURS_A_DAY);
      return new OffPeakHours(hours);
    }
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        throw refused(text, part.isEmpty() ? "a part is empty" : part + " is no hour and no range");
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first >= HOURS_A_DAY || last >= HOURS_A_DAY) {
        throw refused(text, part + " is not within 0 to 23");
      }
      if (first > last) {
        throw refused(
            text, part + " must not wrap round midnight: write %d-23,0-%d".formatted(first, last));
      }
      hours.set(first, last + 1);
    }
    return new OffPeakHours(hours);
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("off-peak hours \"%s\": %s".formatted(text, why));
  }

  boolean contain(int hour) {
    return hours.get(hour);
  }

  /** How many of a day's hours they are. */
  public int inADay() {
    return hours.cardinality();
  }

  boolean areAllDay() {
    return hours.cardinality() == HOURS_A_DAY;
  }
}
