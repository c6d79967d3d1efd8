package conversations.deletion.domain;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads moments as platforms write them. Texts of the same moment differ, and their order need not
 * be that of time, so moments are compared and never their texts.
 *
 * <p>Two forms are read:
 *
 * <ul>
 *   <li>A date and a time of ISO 8601. Its {@code T} and {@code Z} may be lower case, and a space
 *       may stand for the {@code T}. Its seconds may be missing, or have up to nine digits behind a
 *       point. Its offset may be {@code +02}, {@code +0200} or {@code +02:00}, and {@code UTC}, or
 *       a zone in brackets, may follow it. Without any of these it is in UTC. A date alone is its
 *       first moment in UTC.
 *   <li>The time since 1970 as a number. Its digits before the point tell its unit: 10 are seconds,
 *       13 milliseconds, 16 microseconds, 19 nanoseconds. So it is read if it lies between 2001 and
 *       2286.
 * </ul>
 */
public final class Moments {

  /** Loaded only where they are needed: the service's own moments, at a cold start, need none. */
  private static final class OtherForms {

    private static final DateTimeFormatter DATE_AND_TIME =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("uuuu-MM-dd")
            .optionalStart()
            .appendPattern("['T'][' ']HH:mm[:ss]")
            .appendOptional(
                new DateTimeFormatterBuilder()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .toFormatter(Locale.ROOT))
            .appendPattern("[' '][XXX][XX][X][' ']['UTC']['GMT']['['VV']']")
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern SINCE_1970 = Pattern.compile("([1-9]\\d{9,18})(\\.\\d{1,18})?");
  }

  private Moments() {}

  /** Reads a moment; absent if the text is none. */
  public static Optional<Instant> find(String text) {
    try {
      if (Timestamps.hasUsualForm(text)) {
        return Optional.of(Timestamps.parseUsualForm(text));
      }
      Matcher number = OtherForms.SINCE_1970.matcher(text);
      return number.matches()
          ? since1970(new BigDecimal(text), number.group(1).length())
          : Optional.of(OtherForms.DATE_AND_TIME.parse(text, Instant::from));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> since1970(BigDecimal number, int digits) {
    return switch (digits) {
      case 10, 13, 16, 19 -> {
        BigDecimal seconds = number.movePointLeft(digits - 10);
        BigDecimal fraction = seconds.remainder(BigDecimal.ONE);
        yield Optional.of(
            Instant.ofEpochSecond(seconds.longValue(), fraction.movePointRight(9).longValue()));
      }
      default -> Optional.empty();
    };
  }
}
