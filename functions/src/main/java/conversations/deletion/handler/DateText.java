package conversations.deletion.handler;

import conversations.deletion.domain.Timestamps;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A date or a timestamp, as callers write it. A date means a whole UTC day.
 *
 * @param first the first whole millisecond at or after its start
 * @param last the last whole millisecond at or before its end
 */
record DateText(Instant first, Instant last) {

  /** The message of a fault: what a caller has to give. */
  static final String EXPECTED =
      "Give a date such as 2026-05-04, or a timestamp with its offset such as"
          + " 2026-05-04T18:00:00.000Z. In a URL, write + as %2B.";

  /** The same, where a date alone is not enough. */
  static final String MOMENT_EXPECTED =
      "Give a timestamp with its offset, such as 2026-05-04T18:00:00.000Z.";

  private static final String START_OF_DAY = "T00:00:00.000Z";

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /** The offset is required: without it, a timestamp could mean different moments. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          DATE.pattern() + "T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})");

  /** Reads a text; absent if it is neither a date nor a timestamp. */
  static Optional<DateText> parse(String text) {
    try {
      if (DATE.matcher(text).matches()) {
        return Optional.of(ofDayFrom(Timestamps.parse(text + START_OF_DAY)));
      }
      if (TIMESTAMP.matcher(text).matches()) {
        return Optional.of(ofMoment(OffsetDateTime.parse(text).toInstant()))
            .filter(DateText::isOfFourDigitYears);
      }
      return Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /**
   * Reads a timestamp: the first whole millisecond at or after it. Absent if the text is none, or a
   * date alone.
   */
  static Optional<Instant> parseMoment(String text) {
    return parse(text).filter(_ -> !DATE.matcher(text).matches()).map(DateText::first);
  }

  /** Tells whether it lies after this moment. A day does if it begins after it. */
  boolean isAfter(Instant moment) {
    return first.isAfter(moment) && last.isAfter(moment);
  }

  private static DateText ofDayFrom(Instant start) {
    return new DateText(start, start.plus(Duration.ofDays(1)).minusMillis(1));
  }

  private static DateText ofMoment(Instant moment) {
    Instant floor = moment.truncatedTo(ChronoUnit.MILLIS);
    return new DateText(floor.equals(moment) ? floor : floor.plusMillis(1), floor);
  }

  private boolean isOfFourDigitYears() {
    return first.atOffset(ZoneOffset.UTC).getYear() <= 9999
        && last.atOffset(ZoneOffset.UTC).getYear() >= 0;
  }
}
