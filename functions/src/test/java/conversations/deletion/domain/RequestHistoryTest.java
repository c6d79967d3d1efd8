package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.RateDecision.Accepted;
import conversations.deletion.domain.RateDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHistoryTest {

  private static final ClientAppId APP = new ClientAppId("app-1");

  private static final Instant NOON = Instant.parse("2026-05-08T12:00:00.000Z");
  private static final RateLimits LIMITS = new RateLimits(60, 1800);

  private RequestHistory history = RequestHistory.NONE;

  private RateDecision decide(Instant now, RateLimits limits) {
    RateDecision decision = history.decide(now, limits, APP);
    history = decision.history();
    return decision;
  }

  private Accepted accept(Instant now, RateLimits limits) {
    return (Accepted) decide(now, limits);
  }

  private Refused refuse(Instant now, RateLimits limits) {
    return (Refused) decide(now, limits);
  }

  private static Instant seconds(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }

  @Test
  void theFirstRequestLeavesAllTheOthers() {
    assertThat(accept(NOON, LIMITS).quotas())
        .containsExactly(
            new Quota(RateWindow.MINUTE, 59, Duration.ofMinutes(1)),
            new Quota(RateWindow.HOUR, 1799, Duration.ofMillis(3_659_999)));
  }

  /** A token bucket of 60 that gains one a second would let 59 more of these through. */
  @Test
  void aBurstUsesTheMinuteUpUntilItIsOver() {
    for (int i = 0; i < 60; i++) {
      accept(NOON, LIMITS);
    }
    for (int second = 0; second < 60; second++) {
      assertThat(refuse(seconds(second), LIMITS).exhausted())
          .containsExactly(new Quota(RateWindow.MINUTE, 0, Duration.ofSeconds(60 - second)));
    }
    refuse(seconds(59.999), LIMITS);

    assertThat(accept(seconds(60), LIMITS).quotas().getFirst())
        .isEqualTo(new Quota(RateWindow.MINUTE, 59, Duration.ofMinutes(1)));
  }

  @Test
  void theMinuteRolls() {
    RateLimits two = new RateLimits(2, 100);
    accept(seconds(0), two);
    accept(seconds(40), two);

    assertThat(refuse(seconds(50), two).retryAfter()).isEqualTo(Duration.ofSeconds(10));
    accept(seconds(60), two);
    assertThat(refuse(seconds(61), two).retryAfter()).isEqualTo(Duration.ofSeconds(39));
    accept(seconds(100), two);
  }

  @Test
  void anHoursRequestsLeaveByTheMinute() {
    RateLimits three = new RateLimits(60, 3);
    accept(seconds(10), three);
    accept(seconds(20), three);
    accept(seconds(70), three);

    Refused refused = refuse(seconds(80), three);

    assertThat(refused.longest())
        .isEqualTo(new Quota(RateWindow.HOUR, 0, Duration.ofMillis(3_659_999 - 80_000)));
    refuse(seconds(3659.998), three);
    assertThat(accept(seconds(3659.999), three).quotas().getLast().remaining()).isEqualTo(1);
  }

  @Test
  void whatIsUsedUpLongestIsWhatCallersWaitFor() {
    RateLimits both = new RateLimits(1, 1);
    accept(NOON, both);

    Refused refused = refuse(seconds(1), both);

    assertThat(refused.exhausted()).hasSize(2);
    assertThat(refused.longest().window()).isEqualTo(RateWindow.HOUR);
    assertThat(refused.retryAfter()).isEqualTo(refused.longest().untilMore());
  }

  @Test
  void aRefusalChangesNothing() {
    RateLimits one = new RateLimits(1, 10);
    accept(NOON, one);
    RequestHistory before = history;

    assertThat(refuse(seconds(30), one).history()).isSameAs(before);
  }

  /** A deployment may lower them while requests come. */
  @Test
  void limitsMayBeLowered() {
    for (int i = 0; i < 10; i++) {
      accept(seconds(i), LIMITS);
    }

    Refused refused = refuse(seconds(10), new RateLimits(4, 8));

    assertThat(refused.exhausted().getFirst())
        .isEqualTo(new Quota(RateWindow.MINUTE, 0, Duration.ofSeconds(6 + 60 - 10)));
    accept(seconds(3659.999), new RateLimits(4, 8));
  }

  /**
   * The clock of another function instance may be ahead. That costs a caller this time and no more.
   */
  @Test
  void aRequestOfTheNearFutureCountsFromThen() {
    RateLimits one = new RateLimits(1, 10);
    accept(seconds(5), one);

    assertThat(refuse(NOON, one).retryAfter()).isEqualTo(Duration.ofSeconds(65));
    refuse(seconds(64.999), one);
    accept(seconds(65), one);
  }

  @Test
  void aClockThatIsBehindMakesNoRequestOlder() {
    RateLimits two = new RateLimits(2, 10);
    accept(seconds(5), two);

    Accepted accepted = accept(NOON, two);

    assertThat(accepted.history().callers().get(APP).minute().accepted())
        .containsExactly(entry(seconds(5), 2));
    assertThat(accepted.quotas().getFirst())
        .isEqualTo(new Quota(RateWindow.MINUTE, 0, Duration.ofSeconds(65)));
  }

  /** No caller waits for a year because a clock was a year ahead once. */
  @Test
  void aTimeThatCannotBeIsTakenForNow() {
    RateLimits two = new RateLimits(2, 3);
    accept(NOON, two);
    Instant wrong = NOON.plus(Duration.ofDays(365));
    accept(wrong, two);
    accept(wrong, two);

    Refused refused = refuse(seconds(1), two);

    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(history.callers().get(APP).minute().accepted())
        .containsExactly(entry(seconds(1), 2));
    refuse(seconds(60.999), two);
    accept(seconds(61), two);
    assertThat(refuse(seconds(62), two).longest())
        .isEqualTo(new Quota(RateWindow.HOUR, 0, Duration.ofMillis(3_659_999 - 62_000)));
  }

  @Test
  void keepsNoMoreThanItNeeds() {
    for (int second = 0; second < 2 * 3600; second++) {
      decide(seconds(second), new RateLimits(20, 500));
    }

    assertThat(history.callers().get(APP).minute().accepted()).hasSizeLessThanOrEqualTo(20);
    assertThat(history.callers().get(APP).hour().accepted()).hasSizeLessThanOrEqualTo(61);
  }

  @Test
  void limitsThatLetNothingThroughAreRefused() {
    for (List<Integer> limits : List.of(List.of(0, 1), List.of(1, 0), List.of(-1, 1))) {
      assertThatThrownBy(() -> new RateLimits(limits.getFirst(), limits.getLast()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Map.Entry<Instant, Integer> entry(Instant slot, int count) {
    return Map.entry(slot, count);
  }

  @Test
  void aCallerThatUsesUpTheLimitsUsesUpNobodyElses() {
    ClientAppId other = new ClientAppId("app-2");
    for (int i = 0; i < 60; i++) {
      accept(NOON, LIMITS);
    }
    refuse(NOON, LIMITS);

    for (int i = 0; i < 10; i++) {
      RateDecision decision = history.decide(seconds(1), LIMITS, other);
      assertThat(decision).isInstanceOf(Accepted.class);
      history = decision.history();
    }
    Refused refused = (Refused) history.decide(seconds(1), LIMITS, other);
    assertThat(refused.retryAfter()).as("the first caller's leave").hasSeconds(59);
    refuse(seconds(1), LIMITS);
  }

  /** All share what is left: a second caller does not double it. */
  @Test
  void callersShareTheLimits() {
    ClientAppId other = new ClientAppId("app-2");
    for (int i = 0; i < 30; i++) {
      accept(NOON, LIMITS);
      history = history.decide(NOON, LIMITS, other).history();
    }

    refuse(NOON, LIMITS);
    assertThat(history.decide(NOON, LIMITS, other)).isInstanceOf(Refused.class);
  }

  @Test
  void forgetsCallersThatHadNoRequestForAnHour() {
    accept(NOON, LIMITS);
    history = history.decide(seconds(7_200), LIMITS, new ClientAppId("app-2")).history();

    assertThat(history.callers()).containsOnlyKeys(new ClientAppId("app-2"));
  }
}
