package conversations.deletion.handler;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class RateLimitAnswersTest {

  private static final String POLICY = "\"minute\";q=60;w=60, \"hour\";q=1800;w=3600";

  private final RateLimitAnswers answers = new RateLimitAnswers(new RateLimits(60, 1800));

  private static Quota quota(RateWindow window, int remaining, long millis) {
    return new Quota(window, remaining, Duration.ofMillis(millis));
  }

  @Test
  void tellWhatEachLimitLeavesInSecondsThatAreNeverTooFew() {
    Admitted admitted =
        new Admitted(
            List.of(quota(RateWindow.MINUTE, 59, 59_001), quota(RateWindow.HOUR, 1799, 3_600_000)));

    assertThat(answers.headers(admitted))
        .isEqualTo(
            Map.of(
                "RateLimit-Policy",
                POLICY,
                "RateLimit",
                "\"minute\";r=59;t=60, \"hour\";r=1799;t=3600"));
    assertThat(answers.refusal(admitted, Budget.Kind.REQUESTS)).isEmpty();
  }

  @Test
  void tellWhichLimitIsUsedUpAndUntilWhen() {
    Quota minute = quota(RateWindow.MINUTE, 0, 12_345);
    Refused refused = new Refused(List.of(minute), minute);

    assertThat(answers.headers(refused))
        .isEqualTo(Map.of("RateLimit-Policy", POLICY, "RateLimit", "\"minute\";r=0;t=13"));
    assertThat(answers.refusal(refused, Budget.Kind.REQUESTS))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.detail())
                  .isEqualTo("The bot's limit of 60 requests a minute is reached.");
              assertThat(problem.headers()).isEqualTo(Map.of("Retry-After", "13"));
            });
  }

  @Test
  void sendNobodyBackBeforeTheLongestLimitIsOver() {
    Quota minute = quota(RateWindow.MINUTE, 0, 1);
    Quota hour = quota(RateWindow.HOUR, 0, 1_000_000);
    Refused refused = new Refused(List.of(minute, hour), hour);

    assertThat(answers.headers(refused))
        .containsEntry("RateLimit", "\"minute\";r=0;t=1, \"hour\";r=0;t=1000");
    assertThat(answers.refusal(refused, Budget.Kind.REQUESTS))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.detail()).contains("1800 requests an hour");
              assertThat(problem.headers()).isEqualTo(Map.of("Retry-After", "1000"));
            });
  }

  @Test
  void tellNothingThatIsNotKnown() {
    Contended contended = new Contended(Duration.ofSeconds(1));

    assertThat(answers.headers(new Uncounted())).isEmpty();
    assertThat(answers.refusal(new Uncounted(), Budget.Kind.REQUESTS)).isEmpty();
    assertThat(answers.headers(contended)).isEqualTo(Map.of("RateLimit-Policy", POLICY));
    assertThat(answers.refusal(contended, Budget.Kind.REQUESTS))
        .hasValueSatisfying(
            problem -> assertThat(problem.headers()).isEqualTo(Map.of("Retry-After", "1")));
  }
}
