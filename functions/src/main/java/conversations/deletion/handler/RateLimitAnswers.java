package conversations.deletion.handler;

import conversations.deletion.application.access.LimitRequests.Admission;
import conversations.deletion.application.access.LimitRequests.Admitted;
import conversations.deletion.application.access.LimitRequests.Contended;
import conversations.deletion.application.access.LimitRequests.Refused;
import conversations.deletion.application.access.LimitRequests.Uncounted;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.Quota;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.RateWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What callers learn about the rate limits: the fields {@code RateLimit-Policy} and {@code
 * RateLimit} of the IETF's draft-ietf-httpapi-ratelimit-headers, and the refusal.
 *
 * <p>The answer to an accepted request says what remains of each limit. A refusal names only the
 * limits that are used up. So its {@code Retry-After} is never earlier than the time of a limit
 * that it names, as the draft requires.
 */
final class RateLimitAnswers {

  private static final String POLICY = "RateLimit-Policy";
  private static final String LIMIT = "RateLimit";

  private final RateLimits limits;

  RateLimitAnswers(RateLimits limits) {
    this.limits = limits;
  }

  /** The problem of a refused request; empty if the request was not refused. */
  Optional<Problem> refusal(Admission admission, Budget.Kind kind) {
    return switch (admission) {
      case Admitted _, Uncounted _ -> Optional.empty();
      case Refused refused ->
          Optional.of(
              Problem.tooManyRequests(
                  detail(refused.longest().window(), kind),
                  seconds(refused.longest().untilMore())));
      case Contended contended ->
          Optional.of(
              Problem.tooManyRequests(
                  "Too many requests came at the same time.", seconds(contended.retryAfter())));
    };
  }

  /** The header fields of the answer, be it a refusal or not. */
  Map<String, String> headers(Admission admission) {
    return switch (admission) {
      case Admitted admitted -> headers(admitted.quotas());
      case Refused refused -> headers(refused.exhausted());
      case Contended _ -> Map.of(POLICY, policy());
      case Uncounted _ -> Map.of();
    };
  }

  private Map<String, String> headers(List<Quota> quotas) {
    StringJoiner items = new StringJoiner(", ");
    for (Quota quota : quotas) {
      items.add(
          item(quota.window())
              + (";r=" + quota.remaining())
              + (";t=" + seconds(quota.untilMore())));
    }
    return Map.of(POLICY, policy(), LIMIT, items.toString());
  }

  private String policy() {
    StringJoiner items = new StringJoiner(", ");
    for (RateWindow window : RateWindow.values()) {
      items.add(item(window) + (";q=" + limits.of(window)) + (";w=" + window.length().toSeconds()));
    }
    return items.toString();
  }

  private static String item(RateWindow window) {
    return '"' + window.text() + '"';
  }

  private String detail(RateWindow window, Budget.Kind kind) {
    String span =
        switch (window) {
          case MINUTE -> "a minute";
          case HOUR -> "an hour";
        };
    String limit =
        switch (kind) {
          case REQUESTS -> "The bot's limit of %d requests %s is reached.";
          case CANCELS -> "The bot's limit of %d cancels %s is reached.";
          case REFUSALS -> "The client app's limit of %d refused requests %s is reached.";
          case MAILS -> throw new IllegalArgumentException("no request is a mail");
        };
    return limit.formatted(limits.of(window), span);
  }

  /** Whole seconds, rounded up. */
  private static long seconds(Duration duration) {
    return Math.ceilDiv(duration.toMillis(), 1000);
  }
}
