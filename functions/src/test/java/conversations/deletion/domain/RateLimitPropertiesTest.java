package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.RateDecision.Accepted;
import conversations.deletion.domain.RateDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Rate limits against a model that keeps every accepted request and counts them one by one. */
class RateLimitPropertiesTest {

  private static final ClientAppId APP = new ClientAppId("app-1");

  private static final Instant BEGIN = Instant.parse("2026-05-08T11:59:30.250Z");
  private static final long MINUTE = RateWindow.MINUTE.length().toMillis();
  private static final long HOUR = RateWindow.HOUR.length().toMillis();

  /** By how much the hour may be too strict. */
  private static final long HOUR_SLOT = RateWindow.HOUR.slot().toMillis();

  private static final long CLOCK_TOLERANCE = RequestHistory.CLOCK_TOLERANCE.toMillis();

  /** One request: how long after the one before it comes, and how wrong the clock is. */
  private record Arrival(long gapMillis, long clockErrorMillis) {}

  /** The model: milliseconds since the beginning at which requests were accepted. */
  private static final class Model {
    private final List<Long> accepted = new ArrayList<>();

    /** The number of requests after {@code end - length}, up to the end. */
    long countBefore(long end, long length) {
      return accepted.stream().filter(at -> at > end - length && at <= end).count();
    }

    /** The most requests in any window of the length. Requests were accepted in order. */
    int most(long length) {
      int most = 0;
      int first = 0;
      for (int last = 0; last < accepted.size(); last++) {
        while (accepted.get(first) <= accepted.get(last) - length) {
          first++;
        }
        most = Math.max(most, last - first + 1);
      }
      return most;
    }
  }

  @Provide
  Arbitrary<RateLimits> limits() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 8), Arbitraries.integers().between(1, 25))
        .as(RateLimits::new);
  }

  private static Arbitrary<Long> gaps() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.longs().between(0, 50)),
        Tuple.of(8, Arbitraries.longs().between(0, 20_000)),
        Tuple.of(3, Arbitraries.longs().between(0, 6).map(n -> n * 10_000)),
        Tuple.of(2, Arbitraries.of(MINUTE - 1, MINUTE, MINUTE + 1, HOUR - 1, HOUR, HOUR + MINUTE)),
        Tuple.of(2, Arbitraries.longs().between(0, HOUR)));
  }

  @Provide
  Arbitrary<List<Arrival>> byOneClock() {
    return gaps().map(gap -> new Arrival(gap, 0)).list().ofMinSize(1).ofMaxSize(90);
  }

  /** With the greatest error of a clock, either way. */
  @Provide
  Arbitrary<Tuple2<Long, List<Arrival>>> bySeveralClocks() {
    return Arbitraries.longs()
        .between(1, CLOCK_TOLERANCE / 2)
        .flatMap(
            error ->
                Combinators.combine(gaps(), Arbitraries.longs().between(-error, error))
                    .as(Arrival::new)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(90)
                    .map(arrivals -> Tuple.of(error, arrivals)));
  }

  /** With clocks that are hours and years ahead and behind. */
  @Provide
  Arbitrary<List<Arrival>> byBrokenClocks() {
    Arbitrary<Long> errors =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(0L)),
            Tuple.of(1, Arbitraries.longs().between(-2 * HOUR, 2 * HOUR)),
            Tuple.of(1, Arbitraries.longs().between(-10_000 * HOUR, 10_000 * HOUR)));
    return Combinators.combine(gaps(), errors).as(Arrival::new).list().ofMinSize(1).ofMaxSize(60);
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void holdByOneClock(
      @ForAll("limits") RateLimits limits, @ForAll("byOneClock") List<Arrival> arrivals) {
    Model model = new Model();
    RequestHistory history = RequestHistory.NONE;
    long now = 0;
    for (Arrival arrival : arrivals) {
      now += arrival.gapMillis();
      RateDecision decision = history.decide(at(now), limits, APP);
      switch (decision) {
        case Accepted accepted -> {
          model.accepted.add(now);
          assertThat(left(accepted, RateWindow.MINUTE))
              .isEqualTo(limits.perMinute() - model.countBefore(now, MINUTE));
          assertThat(left(accepted, RateWindow.HOUR))
              .isLessThanOrEqualTo(limits.perHour() - model.countBefore(now, HOUR))
              .isGreaterThanOrEqualTo(limits.perHour() - model.countBefore(now, HOUR + HOUR_SLOT));
        }
        case Refused refused -> {
          assertIsAtTheLimit(refused, model, now, limits, 0);
          assertWaitsExactly(history, now, refused.retryAfter(), limits);
        }
      }
      history = decision.history();
    }
    assertThat(model.most(MINUTE)).isLessThanOrEqualTo(limits.perMinute());
    assertThat(model.most(HOUR)).isLessThanOrEqualTo(limits.perHour());
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void holdBySeveralClocksBarTheirDifference(
      @ForAll("limits") RateLimits limits,
      @ForAll("bySeveralClocks") Tuple2<Long, List<Arrival>> clocks) {
    long difference = 2 * clocks.get1();
    Model inTruth = new Model();
    Model asRemembered = new Model();
    RequestHistory history = RequestHistory.NONE;
    long now = 0;
    for (Arrival arrival : clocks.get2()) {
      now += arrival.gapMillis();
      Instant read = at(now + arrival.clockErrorMillis());
      RateDecision decision = history.decide(read, limits, APP);
      switch (decision) {
        case Accepted accepted -> {
          inTruth.accepted.add(now);
          asRemembered.accepted.add(latest(accepted.history()));
        }
        case Refused refused -> {
          assertIsAtTheLimit(refused, inTruth, now, limits, difference);
          assertThat(refused.retryAfter().toMillis())
              .isLessThanOrEqualTo(
                  refused.longest().window().length().toMillis() + HOUR_SLOT + difference);
        }
      }
      history = decision.history();
    }
    assertThat(asRemembered.accepted).isSorted();
    assertThat(asRemembered.most(MINUTE)).isLessThanOrEqualTo(limits.perMinute());
    assertThat(asRemembered.most(HOUR)).isLessThanOrEqualTo(limits.perHour());
    assertThat(inTruth.most(MINUTE - difference)).isLessThanOrEqualTo(limits.perMinute());
    assertThat(inTruth.most(HOUR - difference)).isLessThanOrEqualTo(limits.perHour());
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void lockNobodyOutWhateverTheClocksSaid(
      @ForAll("limits") RateLimits limits, @ForAll("byBrokenClocks") List<Arrival> arrivals) {
    RequestHistory history = RequestHistory.NONE;
    long now = 0;
    for (Arrival arrival : arrivals) {
      now += arrival.gapMillis();
      history = history.decide(at(now + arrival.clockErrorMillis()), limits, APP).history();
      assertThat(history.callers().get(APP).minute().accepted())
          .hasSizeLessThanOrEqualTo(limits.perMinute());
      assertThat(history.callers().get(APP).hour().accepted())
          .hasSizeLessThanOrEqualTo(limits.perHour());
    }

    RateDecision decision = history.decide(at(now), limits, APP);
    if (decision instanceof Refused refused) {
      refused
          .exhausted()
          .forEach(
              quota ->
                  assertThat(quota.untilMore())
                      .isLessThanOrEqualTo(
                          quota
                              .window()
                              .length()
                              .plus(quota.window().slot())
                              .plus(RequestHistory.CLOCK_TOLERANCE)));
      assertThat(decision.history().decide(at(now).plus(refused.retryAfter()), limits, APP))
          .isInstanceOf(Accepted.class);
    }
  }

  private static void assertIsAtTheLimit(
      Refused refused, Model model, long now, RateLimits limits, long clockDifference) {
    for (Quota quota : refused.exhausted()) {
      long strictness = quota.window() == RateWindow.HOUR ? HOUR_SLOT : 0;
      assertThat(
              model.countBefore(
                  now, quota.window().length().toMillis() + strictness + clockDifference))
          .isGreaterThanOrEqualTo(limits.of(quota.window()));
    }
  }

  /** Not a millisecond earlier, and not one later. */
  private static void assertWaitsExactly(
      RequestHistory history, long now, Duration wait, RateLimits limits) {
    assertThat(wait).isPositive();
    assertThat(history.decide(at(now).plus(wait).minusMillis(1), limits, APP))
        .isInstanceOf(Refused.class);
    assertThat(history.decide(at(now).plus(wait), limits, APP)).isInstanceOf(Accepted.class);
  }

  private static long left(Accepted accepted, RateWindow window) {
    return accepted.quotas().stream()
        .filter(quota -> quota.window() == window)
        .mapToInt(Quota::remaining)
        .sum();
  }

  private static long latest(RequestHistory history) {
    return Duration.between(BEGIN, history.callers().get(APP).minute().accepted().lastKey())
        .toMillis();
  }

  private static Instant at(long millis) {
    return BEGIN.plusMillis(millis);
  }
}
