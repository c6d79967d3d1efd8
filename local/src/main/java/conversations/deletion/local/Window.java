package conversations.deletion.local;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Which hours are off-peak in a local run. */
enum Window {
  /** Every hour. */
  OPEN,
  /** One hour only, the one that is farthest from now. */
  CLOSED,
  /** The hours that the template has by default. */
  REAL;

  static Window parse(String text) {
    try {
      return valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "-Dwindow is open, closed or real, not \"%s\"".formatted(text), e);
    }
  }

  LocalOptions apply(LocalOptions options, Instant now) {
    return switch (this) {
      case OPEN -> options.withParameter("OffPeakHours", "*");
      case CLOSED -> {
        int farthest = (now.atOffset(ZoneOffset.UTC).getHour() + 12) % 24;
        yield options
            .withParameter("OffPeakTimezone", "UTC")
            .withParameter("OffPeakHours", String.valueOf(farthest));
      }
      case REAL -> options.withDefault("OffPeakHours").withDefault("OffPeakTimezone");
    };
  }
}
