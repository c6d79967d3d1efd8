package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import conversations.deletion.application.offpeak.RunSummary;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A job has one worker at a time. A worker that lost the lease changes nothing on the job. */
class LeaseIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void aWorkerThatLostItsLeaseChangesNothingMoreAndStartsNoDelete() {
    ConversationId one = engine.platform.conversation(300);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);
    List<String> statuses = new ArrayList<>();
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger requestsAfterPause = new AtomicInteger();
    engine.deleteConcurrency = 1;
    ConversationRecords real = engine.records;
    engine.records =
        new WatchedRecords(real)
            .afterDelete(
                _ -> {
                  if (requests.incrementAndGet() == 3) {
                    engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
                    engine.records = real;
                    engine.run();
                    statuses.add(engine.jobs.state(job).status().text());
                    requestsAfterPause.set(requests.get());
                  }
                });

    RunSummary stale = engine.run();

    assertThat(statuses)
        .as("the other worker finished the job meanwhile")
        .containsExactly("completed");
    assertThat(requests).hasValue(requestsAfterPause.get());
    assertThat(stale.jobsEnded()).isZero();
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(300));
    assertThat(engine.mails).hasSize(1);
    engine.platform.assertExactly(before, one);
  }

  @Test
  void aLeaseThatIsStillHeldIsNotGivenToAnother() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    LeasedJob first = lease(job);

    engine.time.advance(Engine.LEASE_TERM.minusSeconds(1));
    assertThat(askFor(job)).isInstanceOf(LeaseResult.HeldByAnother.class);
    engine.time.advance(Duration.ofSeconds(2));

    assertThat(lease(job).fence()).isEqualTo(first.fence() + 1);
  }

  @Test
  void aJobThatIsNotDueIsNotLeased() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    Instant due = engine.time.instant().plus(Duration.ofHours(1));
    engine.jobsByHand.set(job, "scheduledAt", Timestamps.format(due));

    assertThat(askFor(job)).isEqualTo(new LeaseResult.NotDue(due));
    engine.time.advance(Duration.ofHours(1));
    assertThat(askFor(job)).isInstanceOf(LeaseResult.Leased.class);
  }

  @Test
  void ofTwoSweepsThatSawAJobOnePutsItOff() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.time.advance(Engine.SWEEP_GRACE.plusSeconds(1));
    JobSweeps sweeps = engine.sweeps();
    Instant later = engine.time.instant().plus(Engine.SWEEP_GRACE);
    JobSweeps.SweepableJob seen = sweeps.toSweep(engine.time.instant(), 1).getFirst();

    assertThat(seen.job()).isEqualTo(job.ref());
    assertThat(sweeps.putOffSweep(seen, later)).isTrue();
    assertThat(sweeps.putOffSweep(seen, later.plusSeconds(1))).isFalse();
  }

  @Test
  void aWriteThatWasLongUnderWayDoesNotUndoALaterOneOfTheSameWorker() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    LeasedJob lease = lease(job);
    Chunk early = engine.jobs.chunks(job).getFirst();
    JobChunks chunks = engine.jobChunks();
    JobChunks asItWasThen = engine.jobChunks();
    chunks.put(lease, early);
    chunks.put(lease, early.enter(1));

    assertThatThrownBy(() -> asItWasThen.put(lease, early)).isInstanceOf(LeaseLostException.class);

    assertThat(engine.jobs.chunks(job)).containsExactly(early.enter(1));
    engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
    LeasedJob next = lease(job);
    engine.jobChunks().claim(next, 1);
    engine.jobChunks().put(next, early.enter(2));
    assertThat(engine.jobs.chunks(job)).containsExactly(early.enter(2));
  }

  @Test
  void noWriteOfAWorkerWhoseJobWasTakenOverTakesEffect() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    LeasedJob stale = lease(job);
    engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
    LeasedJob current = lease(job);
    Chunk chunk = engine.jobs.chunks(job).getFirst();
    engine.jobChunks().put(current, chunk.enter(1));
    List<List<? extends Object>> before =
        List.of(engine.stack.items("DeletionJobsTable"), engine.jobs.chunks(job));
    Instant now = engine.time.instant();
    JobState ended = stale.job().state().ended(JobStatus.COMPLETED, now);
    ChangeLogEntry entry = ChangeLogEntry.ended(stale.job().with(ended), now);
    JobLeases leases = engine.leases();

    List<ThrowingCallable> writes =
        List.of(
            () -> engine.jobChunks().put(stale, chunk),
            () -> leases.save(stale, ended, now.plusSeconds(60), Optional.empty()),
            () -> leases.save(stale, ended, now.plusSeconds(60), Optional.of(entry)),
            () -> leases.release(stale, ended, Optional.of(now)),
            () -> leases.release(stale, ended, Optional.empty()),
            () -> leases.giveBack(stale, now, Optional.of(1)));

    assertThat(writes)
        .allSatisfy(write -> assertThatThrownBy(write).isInstanceOf(LeaseLostException.class));
    assertThat(List.of(engine.stack.items("DeletionJobsTable"), engine.jobs.chunks(job)))
        .isEqualTo(before);
    assertThat(engine.jobs.changeLog()).hasSize(1);
  }

  @Test
  void aWorkerWhoseJobWasTakenOverAddsNoChunkToIt() {
    engine.platform.conversation(5);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();
    ConversationRecords real = engine.records;
    List<JobStatus> others = new ArrayList<>();
    engine.interception.before(
        "JobChunks.put",
        1,
        () -> {
          engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
          engine.records = new NothingNamed(real);
          engine.run();
          others.add(engine.jobs.state(job).status());
        });

    engine.run();

    assertThat(others).as("how the other worker left the job").containsExactly(JobStatus.COMPLETED);
    assertThat(engine.jobs.chunks(job))
        .allSatisfy(chunk -> assertThat(chunk.conversations()).isEmpty());
    assertThat(engine.jobs.counts(job)).isEqualTo(Counts.NONE);
    engine.platform.assertExactly(before);
  }

  @Test
  void beforeAnythingIsMadeOfAChunkItIsOutOfTheFormerWorkersReach() {
    ConversationId one = engine.platform.conversation(5);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);
    LeasedJob former = lease(job);
    Chunk asFormerSawIt = engine.jobs.chunks(job).getFirst();
    engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
    List<Throwable> refused = new ArrayList<>();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ ->
                    refused.add(
                        catchThrowable(() -> engine.jobChunks().put(former, asFormerSawIt))));

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(refused).isNotEmpty().allMatch(LeaseLostException.class::isInstance);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(5));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void countsAPlanOfMoreThanOnePageExactlyThoughRecordsWereAddedBeforeItsTakeover() {
    ConversationId one = engine.platform.conversation(2_501);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);
    ConversationRecords real = engine.records;
    engine.records =
        new WatchedRecords(real)
            .beforeDelete(
                _ -> {
                  engine.records = real;
                  for (int i = 0; i < 60; i++) {
                    engine.platform.append(one, "A#late#" + i, Instant.EPOCH);
                  }
                  throw new Killed();
                });
    engine.deleteConcurrency = 1;

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(engine.records).as("the first worker died").isSameAs(real);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(1).deleted(1).records(2_561));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void keepsItsLeaseHoweverSlowTheDeletes() {
    ConversationId one = engine.platform.conversation(300);
    Census before = engine.platform.census();
    engine.records =
        WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(10), new ArrayList<>());
    engine.deleteConcurrency = 1;
    DeletionJob job = engine.jobs.submit(one);

    RunSummary summary = engine.run();

    assertThat(summary.jobsWorkedOn()).isEqualTo(1);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    engine.platform.assertExactly(before, one);
  }

  @Test
  void oneThrottledRenewalGivesNothingBack() {
    ConversationId one = engine.platform.conversation(300);
    engine.records =
        WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(10), new ArrayList<>());
    engine.deleteConcurrency = 1;
    DeletionJob job = engine.jobs.submit(one);
    int picksUp = 1;
    engine.interception.before(
        "JobLeases.save",
        picksUp + 1,
        () -> {
          throw OutageIT.error("ThrottlingException");
        });

    RunSummary summary = engine.run();

    assertThat(summary.jobsInterrupted()).isZero();
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(300));
  }

  private LeaseResult askFor(DeletionJob job) {
    return engine.leases().lease(job.ref(), engine.time.instant(), Engine.LEASE_TERM);
  }

  private LeasedJob lease(DeletionJob job) {
    return ((LeaseResult.Leased) askFor(job)).job();
  }

  /** Records whose index names nothing yet. */
  private static final class NothingNamed extends RecordsDecorator {

    NothingNamed(ConversationRecords real) {
      super(real);
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      return new IndexPage(List.of(), 0, Optional.empty());
    }
  }
}
