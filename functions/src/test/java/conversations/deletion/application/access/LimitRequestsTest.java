package conversations.deletion.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.access.LimitRequests.Admission;
import conversations.deletion.application.access.LimitRequests.Admitted;
import conversations.deletion.application.access.LimitRequests.Contended;
import conversations.deletion.application.access.LimitRequests.Refused;
import conversations.deletion.application.access.LimitRequests.Uncounted;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Pause;
import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Quota;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.RateWindow;
import conversations.deletion.domain.RequestHistory;
import conversations.deletion.testing.InMemoryRequestHistories;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitRequestsTest {

  private static final Budget BUDGET = Budget.of(Budget.Kind.REQUESTS, new BotId("st-1"));
  private static final Budget OTHERS_BUDGET = Budget.of(Budget.Kind.REQUESTS, new BotId("st-2"));
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final RateLimits LIMITS = new RateLimits(3, 5);
  private static final int MAX_ATTEMPTS = 4;

  private final RecordedLog log = new RecordedLog();
  private final InMemoryRequestHistories histories = new InMemoryRequestHistories();
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.parse("2026-05-08T12:00:00.000Z");

  private static final class Outage extends RuntimeException {}

  private LimitRequests limiting(RequestHistories histories) {
    return limiting(histories, LIMITS, MAX_ATTEMPTS, pauses::add);
  }

  private LimitRequests limiting(
      RequestHistories histories, RateLimits limits, int maxAttempts, Pause pause) {
    return new LimitRequests(
        histories,
        limits,
        maxAttempts,
        Duration::ofMillis,
        new Clocks(() -> now, () -> 0, pause),
        failure -> failure instanceof Outage,
        log);
  }

  @Test
  void countsWhatItAdmits() {
    LimitRequests limiting = limiting(histories);

    assertThat(limiting.admit(BUDGET, APP)).isEqualTo(admitted(2, 4));
    assertThat(limiting.admit(BUDGET, APP)).isEqualTo(admitted(1, 3));
    assertThat(histories.reads()).isEqualTo(2);
    assertThat(histories.writes()).isEqualTo(2);
  }

  private static Admitted admitted(int ofMinute, int ofHour) {
    return new Admitted(
        List.of(
            new Quota(RateWindow.MINUTE, ofMinute, Duration.ofMinutes(1)),
            new Quota(RateWindow.HOUR, ofHour, Duration.ofMillis(3_659_999))));
  }

  @Test
  void refusesWithoutAWriteAndWithoutCounting() {
    LimitRequests limiting = limiting(histories);
    IntStream.range(0, 3).forEach(_ -> limiting.admit(BUDGET, APP));

    for (int i = 0; i < 10; i++) {
      assertThat(limiting.admit(BUDGET, APP))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.longest().window()).isEqualTo(RateWindow.MINUTE));
    }
    assertThat(histories.writes()).isEqualTo(3);

    now = now.plus(Duration.ofMinutes(1));
    assertThat(limiting.admit(BUDGET, APP)).isInstanceOf(Admitted.class);
    assertThat(limiting.admit(BUDGET, APP)).isInstanceOf(Admitted.class);
    assertThat(limiting.admit(BUDGET, APP))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.longest().window()).isEqualTo(RateWindow.HOUR));
  }

  @Test
  void leavesOtherBotsAlone() {
    LimitRequests limiting = limiting(histories);
    IntStream.range(0, 4).forEach(_ -> limiting.admit(BUDGET, APP));

    assertThat(limiting.admit(OTHERS_BUDGET, APP)).isEqualTo(admitted(2, 4));
  }

  /** Otherwise each look would take a wrong time for now, and it would never get older. */
  @Test
  void remembersARefusalThatMendsAWrongTime() {
    Instant truth = now;
    now = truth.plus(Duration.ofDays(365));
    LimitRequests limiting = limiting(histories);
    IntStream.range(0, 3).forEach(_ -> limiting.admit(BUDGET, APP));

    now = truth;
    assertThat(limiting.admit(BUDGET, APP)).isInstanceOf(Refused.class);
    now = truth.plus(Duration.ofMinutes(1));
    assertThat(limiting.admit(BUDGET, APP)).isInstanceOf(Admitted.class);
  }

  @Test
  void decidesAnewOnceAnotherRequestGotAhead() {
    int[] ahead = {2};
    RequestHistories contended =
        new InMemoryRequestHistories() {
          @Override
          public synchronized boolean replace(
              Budget budget, Versioned seen, RequestHistory history) {
            if (ahead[0] > 0) {
              ahead[0]--;
              super.replace(budget, seen, history);
              return false;
            }
            return super.replace(budget, seen, history);
          }
        };

    assertThat(limiting(contended).admit(BUDGET, APP)).isEqualTo(admitted(0, 2));
    assertThat(pauses).containsExactly(Duration.ofMillis(1), Duration.ofMillis(2));
  }

  @Test
  void asksToComeAgainWhereOthersAlwaysGetAhead() {
    RequestHistories contended =
        new InMemoryRequestHistories() {
          @Override
          public synchronized boolean replace(
              Budget budget, Versioned seen, RequestHistory history) {
            return false;
          }
        };

    assertThat(limiting(contended).admit(BUDGET, APP))
        .isEqualTo(new Contended(Duration.ofSeconds(1)));
    assertThat(pauses).hasSize(MAX_ATTEMPTS - 1);
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("warn");
              assertThat(line.event()).isEqualTo("rate_limit_contended");
              assertThat(line.fields()).isEqualTo(Map.of("budget", "st-1"));
            });
  }

  @Test
  void isNotHeldUpByAnInterruption() {
    RequestHistories contended =
        new InMemoryRequestHistories() {
          @Override
          public synchronized boolean replace(
              Budget budget, Versioned seen, RequestHistory history) {
            return false;
          }
        };
    LimitRequests limiting =
        limiting(
            contended,
            LIMITS,
            MAX_ATTEMPTS,
            _ -> {
              throw new InterruptedException();
            });

    assertThat(limiting.admit(BUDGET, APP)).isInstanceOf(Contended.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** The limits protect the service; deleting matters more. */
  @Test
  void letsRequestsThroughWhileHistoriesAreOutOfReach() {
    assertThat(limiting(failing(new Outage())).admit(BUDGET, APP)).isEqualTo(new Uncounted());
    assertThat(limiting(failing(new IllegalStateException())).admit(BUDGET, APP))
        .isEqualTo(new Uncounted());

    assertThat(log.lines())
        .extracting(line -> line.level() + " " + line.event() + " " + line.fields())
        .containsExactly(
            "warn rate_limit_unavailable {budget=st-1}",
            "error rate_limit_unavailable {budget=st-1}");
  }

  private static RequestHistories failing(RuntimeException failure) {
    return new InMemoryRequestHistories() {
      @Override
      public synchronized Versioned find(Budget budget) {
        throw failure;
      }
    };
  }

  /** Each time another request gets ahead, one fewer can do so later. */
  @Test
  void neverAdmitsMoreNorFewerAtTheSameTime() throws Exception {
    LimitRequests limiting = limiting(histories, new RateLimits(20, 1000), 50, _ -> Thread.yield());
    List<Future<Admission>> admissions;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      admissions =
          threads.invokeAll(
              IntStream.range(0, 50)
                  .<Callable<Admission>>mapToObj(_ -> () -> limiting.admit(BUDGET, APP))
                  .toList());
    }

    assertThat(admissions).filteredOn(one -> one.resultNow() instanceof Admitted).hasSize(20);
    assertThat(admissions).filteredOn(one -> one.resultNow() instanceof Refused).hasSize(30);
  }
}
