package conversations.deletion.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The one written form of a moment: ISO 8601 in UTC with exactly three digits of the second, such
 * as {@code 2026-05-08T06:22:56.097Z}.
 *
 * <p>The form has a fixed width, so texts compare as the moments do; index keys rely on that.
 */
public final class Timestamps {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** Writes a moment of the years 0 to 9999; what is finer than a millisecond is cut off. */
  public static String format(Instant instant) {
    return FORM.format(instant);
  }

  /**
   * Reads what {@link #format} wrote, and any other ISO 8601 instant.
   *
   * @throws java.time.format.DateTimeParseException if the text is not an instant
   */
  public static Instant parse(String text) {
    return Instant.parse(text);
  }

  /** The same moment in the precision that is stored: whole milliseconds, never later. */
  public static Instant toMillis(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
