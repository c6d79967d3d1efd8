package conversations.deletion.client.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}: seconds, or a moment (RFC 9110, section 10.2.3). */
final class RetryAfter {

  /** Nobody means a longer wait: a job begins 90 days on at the latest, or in the window after. */
  private static final Duration LONGEST = Duration.ofDays(92);

  private RetryAfter() {}

  /** How long to wait, at most 92 days; absent if the header says neither. */
  static Optional<Duration> read(String header, Instant now) {
    String text = header.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      Instant moment = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, moment)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    Duration least = wait.isNegative() ? Duration.ZERO : wait;
    return least.compareTo(LONGEST) < 0 ? least : LONGEST;
  }
}
