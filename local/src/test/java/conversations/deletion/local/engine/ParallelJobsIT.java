package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.engine.Fault.Kind;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Several jobs at a time, with several chunks of each, and deletes of all of them in the same
 * requests. Under every fault of their calls to AWS, each job keeps all promises that one job alone
 * keeps.
 *
 * <p>Which call a fault hits depends on how the threads take turns. So a seed that failed may need
 * several runs: {@code -Dparallel.seed=17}.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParallelJobsIT {

  private static final int SEEDS = 10;
  private static final int USER_CONVERSATIONS = 210;
  private static final int LISTED_CONVERSATIONS = 10;
  private static final int JOBS_AT_ONCE = 3;
  private static final int DELETES_AT_ONCE = 4;
  private static final int MOST_RUNS = 60;

  private final Engine engine = new Engine();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Queue<String> badRequests = new ConcurrentLinkedQueue<>();

  /** A job, the conversations that it should delete, and the number of their records. */
  private record Asked(DeletionJob job, List<ConversationId> conversations, long records) {}

  @BeforeAll
  void workOnSeveralJobsAtATime() {
    engine.jobsAtOnce = JOBS_AT_ONCE;
    engine.chunksAtOnce = 3;
    engine.deleteConcurrency = DELETES_AT_ONCE;
    engine.mail = engine.emailService();
    engine.records =
        new WatchedRecords(new CountedDeletes(engine.records)).beforeDelete(this::check);
  }

  @BeforeEach
  void anotherBot() {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    engine.anotherBot();
    engine.platform.dropRecords();
    engine.network.plan(List.of());
    badRequests.clear();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  @Test
  void noFaultsLoseLeaveDoubleOrOverreachHoweverManyJobsRunAtATime() {
    int requests = run(0, List.of());
    LongStream seeds =
        System.getProperty("parallel.seed") == null
            ? new Random().longs(SEEDS, 1, Integer.MAX_VALUE)
            : LongStream.of(Long.getLong("parallel.seed"));

    for (long seed : seeds.toArray()) {
      List<Fault> faults = faults(new Random(seed), requests);
      try {
        anotherBot();
        run(seed, faults);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("-Dparallel.seed=" + seed + " " + faults, e);
      }
    }
  }

  @Test
  void jobsThatShareConversationsAllComeToTheirEnd() {
    List<ConversationId> shared = conversations(new Random(1), LISTED_CONVERSATIONS, 12);
    Census before = engine.platform.census();
    List<Asked> jobs =
        IntStream.range(0, JOBS_AT_ONCE).mapToObj(_ -> submit(shared, before)).toList();

    runUntilClosed(jobs);

    engine.platform.assertExactly(before, shared.toArray(ConversationId[]::new));
    List<Counts> counts = jobs.stream().map(one -> engine.jobs.counts(one.job())).toList();
    assertThat(counts)
        .allSatisfy(
            one -> {
              assertThat(one.failed()).isZero();
              assertThat(one.deleted() + one.skipped()).isEqualTo(shared.size());
              assertThat(one.deletedRecords()).isBetween(0L, (long) before.records());
            });
    assertThat(counts.stream().mapToLong(Counts::deletedRecords).sum())
        .as("a record counts for each job that planned it, and for one at least")
        .isGreaterThanOrEqualTo(before.records());
    assertThat(badRequests).isEmpty();
  }

  private static List<Fault> faults(Random random, int requests) {
    return random
        .ints(random.nextInt(3, 12), 1, requests)
        .distinct()
        .mapToObj(at -> new Fault(at, Kind.values()[random.nextInt(Kind.values().length)]))
        .toList();
  }

  /** Runs jobs of both kinds until all are closed, and returns how many requests that took. */
  private int run(long seed, List<Fault> faults) {
    Random random = new Random(seed);
    ChannelUserId neighbour = new ChannelUserId("u-neighbour");
    Instant yesterday = engine.time.instant().minus(Duration.ofDays(1));
    engine.platform.conversation(neighbour, yesterday, 30);
    List<List<ConversationId>> listed = new ArrayList<>();
    for (int i = 0; i < JOBS_AT_ONCE; i++) {
      listed.add(
          IntStream.range(0, LISTED_CONVERSATIONS)
              .mapToObj(
                  _ -> engine.platform.conversation(neighbour, yesterday, random.nextInt(1, 41)))
              .toList());
    }
    List<ConversationId> users = conversations(random, USER_CONVERSATIONS, 8);
    Census before = engine.platform.census();
    List<Asked> jobs = new ArrayList<>();
    jobs.add(asked(engine.jobs.submitUser(), users, before));
    listed.forEach(ids -> jobs.add(submit(ids, before)));
    engine.time.advance(Duration.ofMinutes(5));

    engine.network.plan(faults);
    runUntilClosed(jobs);
    List<String> sent = engine.network.requests();

    engine.platform.assertExactly(
        before,
        jobs.stream().flatMap(one -> one.conversations().stream()).toArray(ConversationId[]::new));
    for (Asked one : jobs) {
      long all = one.conversations().size();
      assertThat(engine.jobs.state(one.job()).status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(engine.jobs.counts(one.job()))
          .isEqualTo(Counted.conversations(all).deleted(all).records(one.records()));
      assertThat(engine.deliveredMails(one.job())).isPositive();
    }
    assertThat(jobs.stream().mapToInt(one -> engine.deliveredMails(one.job())).sum())
        .as("a second e-mail only where the first could not be marked")
        .isLessThanOrEqualTo(jobs.size() + unmarkedEmails(faults, sent));
    assertThat(badRequests).isEmpty();
    return sent.size();
  }

  private List<ConversationId> conversations(Random random, int count, int mostRecords) {
    return IntStream.range(0, count)
        .mapToObj(_ -> engine.platform.conversation(random.nextInt(1, mostRecords + 1)))
        .toList();
  }

  private Asked submit(List<ConversationId> conversations, Census before) {
    DeletionJob job = engine.jobs.submit(conversations.toArray(ConversationId[]::new));
    return asked(job, conversations, before);
  }

  private Asked asked(DeletionJob job, List<ConversationId> conversations, Census before) {
    long records =
        conversations.stream().mapToLong(id -> before.records(engine.platform.key(id))).sum();
    return new Asked(job, conversations, records);
  }

  /** A process that dies may have sent the e-mails of all the jobs that it works on. */
  private static int unmarkedEmails(List<Fault> faults, List<String> sent) {
    return faults.stream()
        .filter(fault -> fault.at() <= sent.size())
        .mapToInt(
            fault ->
                switch (fault.kind()) {
                  case KILLED_BEFORE, KILLED_AFTER, OUTAGE, REPLIES_LOST -> JOBS_AT_ONCE;
                  default -> sent.get(fault.at() - 1).equals("SendEmail") ? 1 : 0;
                })
        .sum();
  }

  private void runUntilClosed(List<Asked> jobs) {
    for (int runs = 0; runs < MOST_RUNS && !areClosed(jobs); runs++) {
      try {
        engine.run();
      } catch (Killed | SdkException _) {
        // The next run begins when the schedule ticks.
      }
      jobs.stream()
          .flatMap(one -> engine.jobsByHand.nextSweep(one.job()).stream())
          .min(Instant::compareTo)
          .ifPresent(engine.time::advanceTo);
      engine.time.advance(Duration.ofSeconds(1));
      engine.showMessages();
    }
    assertThat(jobs)
        .extracting(one -> engine.jobs.state(one.job()))
        .allMatch(state -> state.isClosed());
  }

  private boolean areClosed(List<Asked> jobs) {
    return jobs.stream().allMatch(one -> engine.jobs.state(one.job()).isClosed());
  }

  private void check(List<RecordId> batch) {
    if (batch.size() > ConversationRecords.MAX_BATCH || Set.copyOf(batch).size() < batch.size()) {
      badRequests.add("%d records: %s".formatted(batch.size(), batch));
    }
  }

  /** Watches how many deletes are in flight. */
  private final class CountedDeletes extends RecordsDecorator {

    CountedDeletes(ConversationRecords real) {
      super(real);
    }

    @Override
    public DeleteAnswer delete(List<RecordId> records) {
      int now = inFlight.incrementAndGet();
      try {
        if (now > DELETES_AT_ONCE) {
          badRequests.add(now + " in flight");
        }
        return super.delete(records);
      } finally {
        inFlight.decrementAndGet();
      }
    }
  }
}
