package conversations.deletion.local.limits;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.dynamodb.DynamoDbRequestHistories;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.LimitRequests.Admission;
import conversations.deletion.application.access.LimitRequests.Admitted;
import conversations.deletion.application.access.LimitRequests.Refused;
import conversations.deletion.application.access.LimitRequests.Uncounted;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.RequestHistories.Versioned;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.RequestHistory;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.Silence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Rate limits on the table that function instances share. */
class RequestHistoriesIT {

  private static final String REGION = "eu-central-1";
  private static final int AT_ONCE = 50;

  @AutoClose private static final Stack stack = new Stack();

  private static final ClientAppId APP = new ClientAppId("app-1");

  private final Budget budget =
      Budget.of(Budget.Kind.REQUESTS, new BotId("st-" + UUID.randomUUID()));

  private static DynamoDbRequestHistories histories(String table, InstantSource clock) {
    return new DynamoDbRequestHistories(stack.dynamoDb(), table, Duration.ofSeconds(10), clock);
  }

  /** A limiter as each function instance has it. */
  private static LimitRequests instance(RateLimits limits, InstantSource clock) {
    return instance(stack.table("RateLimitsTable"), limits, clock);
  }

  private static LimitRequests instance(String table, RateLimits limits, InstantSource clock) {
    return new LimitRequests(
        histories(table, clock),
        limits,
        2 * AT_ONCE,
        _ -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(100)),
        new Clocks(clock, System::nanoTime, Thread::sleep),
        new AwsOutages(),
        new Silence());
  }

  private List<Admission> admitAtOnce(RateLimits limits, List<? extends InstantSource> clocks)
      throws Exception {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    CyclicBarrier together = new CyclicBarrier(clocks.size());
    List<Callable<Admission>> requests =
        clocks.stream()
            .<Callable<Admission>>map(
                clock ->
                    () -> {
                      LimitRequests instance = instance(limits, clock);
                      together.await();
                      return instance.admit(budget, APP);
                    })
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(requests).stream().map(Future::resultNow).toList();
    }
  }

  @RepeatedTest(3)
  void ofSimultaneousRequestsExactlyAsManyAreAdmittedAsTheLimitLeaves() throws Exception {
    RateLimits limits = new RateLimits(20, 1000);
    LimitRequests before = instance(limits, Clock.systemUTC());
    IntStream.range(0, 3).forEach(_ -> before.admit(budget, APP));

    List<Admission> admissions =
        admitAtOnce(limits, IntStream.range(0, AT_ONCE).mapToObj(_ -> Clock.systemUTC()).toList());

    assertThat(admissions).filteredOn(Admitted.class::isInstance).hasSize(17);
    assertThat(admissions).filteredOn(Refused.class::isInstance).hasSize(33);
  }

  @Test
  void simultaneousRequestsWithinTheLimitAreAllAdmitted() throws Exception {
    List<Admission> admissions =
        admitAtOnce(
            new RateLimits(60, 1800),
            IntStream.range(0, AT_ONCE).mapToObj(_ -> Clock.systemUTC()).toList());

    assertThat(admissions).allMatch(Admitted.class::isInstance);
    assertThat(admissions)
        .extracting(one -> ((Admitted) one).quotas().getFirst().remaining())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(10, 60).boxed().toList());
  }

  @Test
  void clocksThatDifferBySecondsAdmitNoMore() throws Exception {
    List<Admission> admissions =
        admitAtOnce(
            new RateLimits(20, 1000),
            IntStream.range(0, AT_ONCE)
                .mapToObj(i -> Clock.offset(Clock.systemUTC(), Duration.ofMillis(i * 100L - 2500)))
                .toList());

    assertThat(admissions).filteredOn(Admitted.class::isInstance).hasSize(20);
  }

  @Test
  void whatWasSeenBeforeAnotherWroteIsNotWritten() {
    Instant now = Instant.now();
    DynamoDbRequestHistories histories = histories(stack.table("RateLimitsTable"), () -> now);
    Versioned seen = histories.find(budget);
    RequestHistory history =
        RequestHistory.NONE.decide(now, new RateLimits(60, 1800), APP).history();

    assertThat(seen).isEqualTo(new Versioned(RequestHistory.NONE, 0));
    assertThat(histories.replace(budget, seen, history)).isTrue();
    assertThat(histories.replace(budget, seen, RequestHistory.NONE)).isFalse();
    assertThat(histories.find(budget)).isEqualTo(new Versioned(history, 1));
    assertThat(histories.replace(budget, histories.find(budget), history)).isTrue();
    assertThat(histories.find(budget)).isEqualTo(new Versioned(history, 2));
  }

  /** This stands for the answers of a table that is gone or not permitted. */
  @Test
  void withoutTheTableRequestsGoThrough() {
    assertThat(
            instance("no-such-table", new RateLimits(1, 1), Clock.systemUTC()).admit(budget, APP))
        .isEqualTo(new Uncounted());
  }
}
