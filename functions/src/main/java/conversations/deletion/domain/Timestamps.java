package conversations.deletion.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
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

  /**
   * The form with a zero for each digit. A job reads one timestamp for each record that it deletes.
   * Read by a formatter, they took a quarter of the engine's own time.
   */
  private static final String FORM_OF_DIGITS = "0000-00-00T00:00:00.000Z";

  private Timestamps() {}

  /** Writes a moment of the years 0 to 9999; what is finer than a millisecond is cut off. */
  public static String format(Instant instant) {
    return FORM.format(instant);
  }

  /**
   * Reads what {@link #format} wrote, and any other ISO 8601 instant. What a platform wrote is read
   * by {@link Moments}.
   *
   * @throws java.time.format.DateTimeParseException if the text is not an instant
   */
  public static Instant parse(String text) {
    return hasUsualForm(text) ? parseUsualForm(text) : Instant.parse(text);
  }

  /** Tells whether a text looks like what {@link #format} writes. */
  static boolean hasUsualForm(String text) {
    if (text.length() != FORM_OF_DIGITS.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char expected = FORM_OF_DIGITS.charAt(i);
      char actual = text.charAt(i);
      if (expected == '0' ? actual < '0' || actual > '9' : actual != expected) {
        return false;
      }
    }
    return true;
  }

  static Instant parseUsualForm(String text) {
    try {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 7),
              number(text, 8, 10),
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19),
              number(text, 20, 23) * 1_000_000)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      // Not every text of this form is a moment. The library says best why, and knows leap seconds.
      return Instant.parse(text);
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /** The same moment in the precision that is stored: whole milliseconds, never later. */
  public static Instant toMillis(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
