package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.Backlog.Count;
import conversations.deletion.application.port.Backlog.OpenJob;
import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.JobSweeps.SweepableJob;
import conversations.deletion.application.port.JobSweeps.WaitingJob;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OnHold;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Store;
import conversations.deletion.domain.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of the ports to jobs and their chunks promises. */
public abstract class JobsContract {

  protected static final Instant NOW = Instant.parse("2026-05-08T22:00:00.123Z");
  private static final Duration TERM = Duration.ofSeconds(20);
  private static final ClientAppId CLIENT_APP = new ClientAppId("contract");
  private static final Reference REFERENCE = new Reference("REQ-4711, Büro 7");
  private static final int LIMIT = 100;

  private final BotId bot = new BotId("st-" + UUID.randomUUID());
  private final ConversationId conversation = new ConversationId("c-1");

  protected abstract JobSubmissions submissions();

  protected abstract DeletionJobs jobs();

  protected abstract JobLeases leases();

  protected abstract JobChunks chunks();

  protected abstract JobCancellations cancellations();

  protected abstract JobSweeps sweeps();

  protected abstract Backlog backlog();

  protected DeletionJob submit() {
    return submitAt(NOW);
  }

  private DeletionJob submitAt(Instant submittedAt) {
    DeletionJob job =
        newJob(JobId.of(bot, CLIENT_APP, UUID.randomUUID().toString()), submittedAt, NOW);
    return submissions()
        .submit(
            job,
            List.of(conversation),
            ChangeLogEntry.submitted(job),
            NOW.plus(Duration.ofMinutes(5)));
  }

  /** A job that is due earlier by its schedule than it may begin. */
  private DeletionJob submitToBegin(Instant notBefore) {
    JobId id = JobId.of(bot, CLIENT_APP, UUID.randomUUID().toString());
    Terms terms = new Terms(Optional.of(REFERENCE), Optional.of(notBefore));
    DeletionJob job = newJob(id, NOW, NOW, terms);
    return submissions()
        .submit(job, List.of(conversation), ChangeLogEntry.submitted(job), notBefore);
  }

  private DeletionJob newJob(JobId id, Instant due) {
    return newJob(id, NOW, due);
  }

  private DeletionJob newJob(JobId id, Instant submittedAt, Instant due) {
    return newJob(id, submittedAt, due, Terms.of(Optional.of(REFERENCE)));
  }

  private DeletionJob newJob(JobId id, Instant submittedAt, Instant due, Terms terms) {
    DeletionTarget target = new ListedConversations();
    return new DeletionJob(
        bot,
        id,
        CLIENT_APP,
        target,
        submittedAt,
        JobState.submitted(due, 1),
        Optional.empty(),
        terms);
  }

  /** A moment before the jobs of all other tests were submitted. */
  private static Instant longAgo() {
    return NOW.minusMillis(
        ThreadLocalRandom.current().nextLong(1, Duration.ofDays(9_999).toMillis()));
  }

  protected LeasedJob lease(DeletionJob job, Instant now) {
    return ((LeaseResult.Leased) leases().lease(job.ref(), now, TERM)).job();
  }

  private DeletionJob stored(DeletionJob job) {
    return jobs().find(job.bot(), job.id()).orElseThrow();
  }

  private JobState ended(LeasedJob lease) {
    return lease
        .job()
        .state()
        .with(Counted.conversations(1).skipped(1).records(0))
        .ended(JobStatus.COMPLETED, NOW);
  }

  private void close(LeasedJob lease) {
    JobState ended = ended(lease);
    leases().release(lease, ended.with(ended.notification().sent(NOW)), Optional.empty());
  }

  private Optional<SweepableJob> sweepable(DeletionJob job, Instant now) {
    return sweeps().toSweep(now, LIMIT).stream()
        .filter(one -> one.job().equals(job.ref()))
        .findFirst();
  }

  protected Chunk chunk(DeletionJob job, int number, String planned) {
    JobConversation one =
        JobConversation.pending(conversation)
            .plan(Store.RECORDS, Fingerprints.of(List.of(planned)), Optional.of(planned));
    return new Chunk(job.id(), number, 0, List.of(one), Optional.empty());
  }

  private List<Chunk> read(LeasedJob lease) {
    List<Chunk> read = new ArrayList<>();
    chunks().forEach(lease, read::add);
    return read;
  }

  @Test
  void aSubmittedJobIsFoundWithItsFirstChunk() {
    DeletionJob job = submit();
    assertThat(stored(job)).isEqualTo(job);
    assertThat(chunks().find(lease(job, NOW), 1).orElseThrow().conversations())
        .containsExactly(JobConversation.pending(conversation));
  }

  @Test
  void aJobIsSubmittedOnce() {
    DeletionJob job = submit();
    DeletionJob again = newJob(job.id(), NOW.plusSeconds(60));
    assertThat(
            submissions()
                .submit(again, List.of(), ChangeLogEntry.submitted(again), NOW.plusSeconds(90)))
        .isEqualTo(job);
    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void anUnknownJobIsNotLeased() {
    DeletionJob unknown = newJob(JobId.of(bot, CLIENT_APP, "never submitted"), NOW);
    assertThat(leases().lease(unknown.ref(), NOW, TERM)).isInstanceOf(LeaseResult.Unknown.class);
    assertThat(jobs().find(bot, unknown.id())).isEmpty();
  }

  @Test
  void aLeaseKeepsOthersOutUntilItEnds() {
    DeletionJob job = submit();
    LeasedJob first = lease(job, NOW);
    assertThat(first.isFirst()).isTrue();
    assertThat(leases().lease(job.ref(), NOW.plus(TERM), TERM))
        .isInstanceOf(LeaseResult.HeldByAnother.class);
    LeasedJob second = lease(job, NOW.plus(TERM).plusMillis(1));
    assertThat(second.fence()).isEqualTo(first.fence() + 1);
    assertThat(second.job().state()).as("a lease counts nothing").isEqualTo(job.state());
  }

  @Test
  void aJobIsLeasedWhenItIsDueGiveOrTakeSomeSeconds() {
    DeletionJob job = submit();
    assertThat(leases().lease(job.ref(), NOW.minusSeconds(6), TERM))
        .isEqualTo(new LeaseResult.NotDue(NOW));
    assertThat(leases().lease(job.ref(), NOW.minusSeconds(5), TERM))
        .isInstanceOf(LeaseResult.Leased.class);
  }

  @Test
  void aJobThatIsToWaitIsNotLeasedAMillisecondBeforeItsMomentAndKeepsIt() {
    DeletionJob job = submitToBegin(NOW.plusMillis(1));
    assertThat(stored(job).notBefore()).contains(NOW.plusMillis(1));
    assertThat(leases().lease(job.ref(), NOW, TERM))
        .isEqualTo(new LeaseResult.NotDue(NOW.plusMillis(1)));
    LeasedJob lease = lease(job, NOW.plusMillis(1));
    assertThat(lease.job().notBefore()).contains(NOW.plusMillis(1));
    close(lease);
    sweeps().forget(job.ref(), NOW);
    assertThat(stored(job).notBefore()).as("it names nobody").contains(NOW.plusMillis(1));
  }

  @Test
  void theOwnerOfAJobThatWasCancelledWhileItWaitedIsToldAtOnce() {
    DeletionJob job = submitToBegin(NOW.plus(Duration.ofDays(60)));
    CancelRequest request = new CancelRequest(NOW, CLIENT_APP);
    JobState ended = job.state().with(Optional.of(request)).ended(JobStatus.CANCELLED, NOW);
    assertThat(cancellations().end(job, ended, ChangeLogEntry.cancelled(job, CLIENT_APP, NOW)))
        .isTrue();
    assertThat(sweepable(job, NOW)).isPresent();
    assertThat(lease(job, NOW).job().state()).isEqualTo(ended);
  }

  @Test
  void saveRenewsTheLease() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    JobState state = lease.job().state().pickedUp(NOW);
    LeasedJob saved = leases().save(lease, state, NOW.plus(TERM.multipliedBy(2)), Optional.empty());
    assertThat(saved.job().state()).isEqualTo(state);
    assertThat(stored(job).state()).isEqualTo(state);
    assertThat(leases().lease(job.ref(), NOW.plus(TERM).plusSeconds(5), TERM))
        .isInstanceOf(LeaseResult.HeldByAnother.class);
  }

  @Test
  void aWorkerThatLostItsLeaseChangesNothing() {
    DeletionJob job = submit();
    LeasedJob lost = lease(job, NOW);
    lease(job, NOW.plus(TERM).plusSeconds(1));
    DeletionJob before = stored(job);
    JobState other = lost.job().state().pickedUp(NOW);
    ChangeLogEntry entry = ChangeLogEntry.started(job, NOW);
    assertThatThrownBy(() -> leases().save(lost, other, NOW, Optional.empty()))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> leases().save(lost, other, NOW, Optional.of(entry)))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> leases().release(lost, other, Optional.of(NOW)))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> leases().giveBack(lost, NOW, Optional.of(1)))
        .isInstanceOf(LeaseLostException.class);
    assertThat(stored(job)).isEqualTo(before);
  }

  @Test
  void aJobGivenBackIsDueAgainAndKeepsTheNumberOfItsFailures() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    Instant due = NOW.plusSeconds(60);
    leases().giveBack(lease, due, Optional.of(3));
    assertThat(stored(job).state().status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(job).state().scheduledAt()).isEqualTo(due);
    assertThat(leases().lease(job.ref(), NOW, TERM)).isEqualTo(new LeaseResult.NotDue(due));
    LeasedJob again = lease(job, due);
    assertThat(again.job().state().ownFailures()).isEqualTo(3);
    leases().giveBack(again, due, Optional.empty());
    assertThat(stored(job).state().ownFailures()).isEqualTo(3);
  }

  @Test
  void anEndedJobGivenBackStaysAsItEnded() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    LeasedJob saved = leases().save(lease, ended(lease), NOW.plus(TERM), Optional.empty());
    leases().giveBack(saved, NOW.plusSeconds(60), Optional.empty());
    assertThat(stored(job).state()).isEqualTo(saved.job().state());
    assertThat(lease(job, NOW).job().state().status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void aClosedJobIsNeitherLeasedNorSweptNorGivenBack() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    close(lease);
    assertThat(leases().lease(job.ref(), NOW, TERM)).isInstanceOf(LeaseResult.Closed.class);
    assertThat(sweepable(job, NOW.plus(Duration.ofDays(400)))).isEmpty();
    assertThatThrownBy(() -> leases().giveBack(lease, NOW, Optional.empty()))
        .isInstanceOf(LeaseLostException.class);
  }

  @Test
  void aJobIsSweptFromItsMomentOnAndPutOffOnce() {
    DeletionJob job = submit();
    Instant moment = NOW.plus(Duration.ofMinutes(5));
    assertThat(sweepable(job, moment.minusMillis(1))).isEmpty();
    SweepableJob seen = sweepable(job, moment).orElseThrow();
    assertThat(sweeps().putOffSweep(seen, moment.plusSeconds(60))).isTrue();
    assertThat(sweeps().putOffSweep(seen, moment.plusSeconds(60))).isFalse();
    assertThat(sweepable(job, moment)).isEmpty();
    assertThat(sweepable(job, moment.plusSeconds(60))).isPresent();
  }

  @Test
  void aLeaseMovesTheSweepToItsEnd() {
    DeletionJob job = submit();
    lease(job, NOW);
    assertThat(sweepable(job, NOW.plus(TERM).minusMillis(1))).isEmpty();
    assertThat(sweepable(job, NOW.plus(TERM))).isPresent();
  }

  @Test
  void anEndedJobForgetsWhomItWasAboutOnceItIsTime() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    close(lease);
    assertThat(stored(job).reference()).contains(REFERENCE);
    Instant later = NOW.plus(Duration.ofDays(400));
    assertThat(sweeps().toForget(NOW)).doesNotContain(job.ref());
    assertThat(sweeps().toForget(later)).contains(job.ref());
    long waiting = backlog().jobsToForget(later).jobs();
    sweeps().forget(job.ref(), later);
    sweeps().forget(job.ref(), later);
    assertThat(stored(job).target()).isInstanceOf(DeletionTarget.Forgotten.class);
    assertThat(stored(job).reference()).isEmpty();
    assertThat(sweeps().toForget(later)).doesNotContain(job.ref());
    assertThat(backlog().jobsToForget(later)).isEqualTo(new Count(waiting - 1, true));
  }

  private List<Instant> openSince() {
    return backlog().openJobs().jobs().stream().map(OpenJob::submittedAt).toList();
  }

  @Test
  void theBacklogTellsWhichOfSomeJobsAreToWaitAndUntilWhen() {
    Instant later = NOW.plus(Duration.ofDays(60));
    DeletionJob waiting = submitToBegin(later);
    DeletionJob job = submit();
    assertThat(backlog().waitedUntil(List.of(job.ref(), waiting.ref())))
        .isEqualTo(Map.of(waiting.ref(), later));
    assertThat(backlog().openJobs().jobs())
        .contains(new OpenJob(waiting.ref(), waiting.submittedAt(), later));
  }

  @Test
  void aJobIsPartOfTheBacklogUntilItsEndHoweverItStands() {
    Instant submittedAt = longAgo();
    DeletionJob job = submitAt(submittedAt);
    assertThat(backlog().openJobs().areAll()).isTrue();
    assertThat(openSince()).containsOnlyOnce(submittedAt);
    LeasedJob lease = lease(job, NOW);
    assertThat(openSince()).containsOnlyOnce(submittedAt);
    JobState waiting = lease.job().state().pickedUp(NOW);
    leases().release(lease, waiting.queued(NOW, waiting.retries()), Optional.of(NOW));
    assertThat(openSince()).containsOnlyOnce(submittedAt);
  }

  @Test
  void aJobThatHasEndedIsNoPartOfTheBacklogThoughItsEmailIsOwed() {
    Instant submittedAt = longAgo();
    DeletionJob job = submitAt(submittedAt);
    LeasedJob lease = lease(job, NOW);
    LeasedJob saved = leases().save(lease, ended(lease), NOW.plus(TERM), Optional.empty());
    assertThat(openSince()).doesNotContain(submittedAt);
    leases().release(saved, saved.job().state(), Optional.of(NOW));
    assertThat(sweepable(job, NOW)).as("the e-mail is owed").isPresent();
    assertThat(openSince()).doesNotContain(submittedAt);
  }

  @Test
  void aJobThatIsCancelledBeforeItBeganIsNoPartOfTheBacklog() {
    Instant submittedAt = longAgo();
    DeletionJob job = submitAt(submittedAt);
    CancelRequest request = new CancelRequest(NOW, CLIENT_APP);
    JobState ended = job.state().with(Optional.of(request)).ended(JobStatus.CANCELLED, NOW);
    assertThat(cancellations().end(job, ended, ChangeLogEntry.cancelled(job, CLIENT_APP, NOW)))
        .isTrue();
    assertThat(openSince()).doesNotContain(submittedAt);
  }

  @Test
  void aCancelEndsAJobThatNobodyHasPickedUp() {
    DeletionJob job = submit();
    CancelRequest request = new CancelRequest(NOW, CLIENT_APP);
    JobState ended = job.state().with(Optional.of(request)).ended(JobStatus.CANCELLED, NOW);
    ChangeLogEntry entry = ChangeLogEntry.cancelled(job, CLIENT_APP, NOW);
    assertThat(cancellations().end(job, ended, entry)).isTrue();
    assertThat(stored(job).state()).isEqualTo(ended);
    assertThat(cancellations().end(job, ended, entry)).isFalse();
    assertThat(cancellations().request(job.ref(), request)).isFalse();
  }

  @Test
  void aWorkerHearsOfACancelWithItsNextWrite() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    CancelRequest first = new CancelRequest(NOW, CLIENT_APP);
    JobState ended = job.state().with(Optional.of(first)).ended(JobStatus.CANCELLED, NOW);
    assertThat(cancellations().end(job, ended, ChangeLogEntry.cancelled(job, CLIENT_APP, NOW)))
        .isFalse();
    assertThat(cancellations().request(job.ref(), first)).isTrue();
    assertThat(
            cancellations().request(job.ref(), new CancelRequest(NOW.plusSeconds(1), CLIENT_APP)))
        .isTrue();
    LeasedJob saved = leases().save(lease, lease.job().state(), NOW.plus(TERM), Optional.empty());
    assertThat(saved.job().state().cancelRequest()).contains(first);
    leases().release(saved, lease.job().state(), Optional.of(NOW));
    assertThat(stored(job).state().cancelRequest()).contains(first);
  }

  @Test
  void aCancelMakesAWaitingJobDueAtOnce() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    JobState waiting = lease.job().state().pickedUp(NOW);
    JobState queued = waiting.queued(tomorrow, waiting.retries());
    leases().release(lease, queued, Optional.of(tomorrow));
    assertThat(cancellations().request(job.ref(), new CancelRequest(NOW, CLIENT_APP))).isTrue();
    assertThat(stored(job).state().scheduledAt()).isEqualTo(NOW);
    assertThat(sweepable(job, NOW)).isPresent();
  }

  /** A state of the job in which nothing is left to do but what a hold keeps. */
  protected static JobState waiting(LeasedJob lease) {
    OnHold hold = new OnHold(NOW, true, Set.of(new HoldId("case-7")));
    return lease
        .job()
        .state()
        .pickedUp(NOW)
        .with(Counted.conversations(1).held(1).records(0))
        .waitingForHolds(NOW.plus(Duration.ofDays(1)), hold);
  }

  private DeletionJob putOnHold(long holdsSeen) {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    leases().putOnHold(lease, waiting(lease), holdsSeen, Optional.empty());
    return job;
  }

  private Optional<WaitingJob> waiting(DeletionJob job) {
    return sweeps().onHold().filter(one -> one.job().equals(job.ref())).findFirst();
  }

  @Test
  void aJobOnHoldIsNeitherLeasedNorSweptHoweverLongItWaits() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    JobState state = waiting(lease);
    leases().putOnHold(lease, state, 7, Optional.of(ChangeLogEntry.onHold(job.with(state), NOW)));
    Instant later = NOW.plus(Duration.ofDays(4_000));
    assertThat(stored(job).state()).isEqualTo(state);
    assertThat(leases().lease(job.ref(), later, TERM)).isInstanceOf(LeaseResult.NotDue.class);
    assertThat(sweepable(job, later)).isEmpty();
    assertThat(sweeps().toForget(later)).doesNotContain(job.ref());
    assertThat(waiting(job)).contains(new WaitingJob(job.ref(), 7));
  }

  @Test
  void jobsOnHoldAreFoundBotByBot() {
    DeletionJob first = putOnHold(3);
    DeletionJob second = putOnHold(12);
    DeletionJob third = putOnHold(0);
    List<WaitingJob> all = sweeps().onHold().toList();
    assertThat(all)
        .contains(
            new WaitingJob(first.ref(), 3),
            new WaitingJob(second.ref(), 12),
            new WaitingJob(third.ref(), 0));
    List<Integer> places =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).job().bot().equals(bot))
            .boxed()
            .toList();
    assertThat(places.getLast() - places.getFirst()).as("one after another").isEqualTo(2);
  }

  @Test
  void aWorkerThatLostItsLeasePutsNothingOnHold() {
    DeletionJob job = submit();
    LeasedJob lost = lease(job, NOW);
    lease(job, NOW.plus(TERM).plusSeconds(1));
    DeletionJob before = stored(job);
    JobState state = waiting(lost);
    ChangeLogEntry entry = ChangeLogEntry.onHold(job.with(state), NOW);
    assertThatThrownBy(() -> leases().putOnHold(lost, state, 7, Optional.empty()))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> leases().putOnHold(lost, state, 7, Optional.of(entry)))
        .isInstanceOf(LeaseLostException.class);
    assertThat(stored(job)).isEqualTo(before);
    assertThat(waiting(job)).isEmpty();
  }

  @Test
  void aJobOnHoldIsResumedOnceAndKeepsWhatItWaitedFor() {
    DeletionJob job = putOnHold(7);
    JobState state = stored(job).state();
    WaitingJob seen = waiting(job).orElseThrow();
    Instant later = NOW.plus(Duration.ofDays(400));
    Instant sweepAt = later.plusSeconds(900);
    assertThat(sweeps().resume(new WaitingJob(job.ref(), 6), later, sweepAt)).isFalse();
    assertThat(sweeps().resume(seen, later, sweepAt)).isTrue();
    assertThat(sweeps().resume(seen, later, sweepAt)).isFalse();
    assertThat(waiting(job)).isEmpty();
    assertThat(stored(job).state()).isEqualTo(state.changed(it -> it.scheduledAt = later));
    assertThat(sweepable(job, sweepAt.minusMillis(1))).isEmpty();
    assertThat(sweepable(job, sweepAt)).isPresent();
    assertThat(lease(job, later).job().state().onHold()).isEqualTo(state.onHold());
  }

  @Test
  void aJobThatWasResumedWaitsAgainByTheNewVersion() {
    DeletionJob job = putOnHold(7);
    assertThat(sweeps().resume(waiting(job).orElseThrow(), NOW, NOW)).isTrue();
    LeasedJob lease = lease(job, NOW);
    leases().putOnHold(lease, waiting(lease), 8, Optional.empty());
    assertThat(waiting(job)).contains(new WaitingJob(job.ref(), 8));
    assertThat(sweeps().resume(new WaitingJob(job.ref(), 7), NOW, NOW)).isFalse();
  }

  @Test
  void aCancelMakesAJobOnHoldDueAtOnce() {
    DeletionJob job = putOnHold(7);
    CancelRequest request = new CancelRequest(NOW.plusSeconds(5), CLIENT_APP);
    assertThat(cancellations().request(job.ref(), request)).isTrue();
    assertThat(waiting(job)).isEmpty();
    assertThat(sweeps().resume(new WaitingJob(job.ref(), 7), NOW, NOW)).isFalse();
    assertThat(sweepable(job, request.at())).isPresent();
    LeasedJob lease = lease(job, request.at());
    assertThat(lease.job().state().cancelRequest()).contains(request);
    assertThat(lease.job().state().scheduledAt()).isEqualTo(request.at());
  }

  @Test
  void aJobOnHoldIsNoPartOfTheBacklogButCountedApart() {
    Instant submittedAt = longAgo();
    DeletionJob job = submitAt(submittedAt);
    Count before = backlog().jobsOnHold();
    LeasedJob lease = lease(job, NOW);
    leases().putOnHold(lease, waiting(lease), 7, Optional.empty());
    assertThat(openSince()).doesNotContain(submittedAt);
    assertThat(backlog().jobsOnHold()).isEqualTo(new Count(before.jobs() + 1, true));
    assertThat(backlog().waitedUntil(List.of(job.ref()))).isEmpty();
  }

  @Test
  void aJobThatWaitedForHoldsIsTakenForWorkOnlySinceItWentOn() {
    DeletionJob resumed = putOnHold(7);
    DeletionJob cancelled = putOnHold(7);
    Instant later = NOW.plus(Duration.ofDays(400));
    sweeps().resume(waiting(resumed).orElseThrow(), later, later);
    cancellations().request(cancelled.ref(), new CancelRequest(later, CLIENT_APP));
    assertThat(backlog().waitedUntil(List.of(resumed.ref(), cancelled.ref())))
        .isEqualTo(Map.of(resumed.ref(), later, cancelled.ref(), later));
  }

  @Test
  void aChunkThatIsKeptIsAsItWasAndNoneIsMadeByThat() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    chunks().put(lease, chunk(job, 2, "a"));
    chunks().keep(lease, 2);
    chunks().keep(lease, 3);
    assertThat(chunks().find(lease, 2)).contains(chunk(job, 2, "a"));
    assertThat(chunks().find(lease, 3)).isEmpty();
  }

  @Test
  void chunksAreReadInTheirOrderAsTheyWereStored() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    chunks().put(lease, chunk(job, 10, "a"));
    chunks().put(lease, chunk(job, 2, "b"));
    chunks().put(lease, chunk(job, 2, "c"));
    assertThat(read(lease).subList(1, 3)).containsExactly(chunk(job, 2, "c"), chunk(job, 10, "a"));
    assertThat(chunks().find(lease, 3)).isEmpty();
  }

  @Test
  void aChunkOfALaterLeaseIsNeitherReplacedNorRead() {
    DeletionJob job = submit();
    LeasedJob lost = lease(job, NOW);
    LeasedJob holder = lease(job, NOW.plus(TERM).plusSeconds(1));
    chunks().put(lost, chunk(job, 2, "a"));
    chunks().put(holder, chunk(job, 2, "b"));
    assertThatThrownBy(() -> chunks().put(lost, chunk(job, 2, "c")))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> chunks().claim(lost, 2)).isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> read(lost)).isInstanceOf(LeaseLostException.class);
    assertThat(chunks().find(holder, 2)).contains(chunk(job, 2, "b"));
  }

  @Test
  void aClaimedChunkIsAsItWasAndCloseToEarlierLeases() {
    DeletionJob job = submit();
    LeasedJob lost = lease(job, NOW);
    chunks().put(lost, chunk(job, 1, "a"));
    LeasedJob holder = lease(job, NOW.plus(TERM).plusSeconds(1));
    assertThat(chunks().claim(holder, 1)).isEqualTo(chunk(job, 1, "a"));
    assertThatThrownBy(() -> chunks().put(lost, chunk(job, 1, "b")))
        .isInstanceOf(LeaseLostException.class);
    chunks().put(holder, chunk(job, 1, "c"));
    assertThat(chunks().find(holder, 1)).contains(chunk(job, 1, "c"));
  }

  @Test
  void aChunkIsAddedWhereThereIsNone() {
    DeletionJob job = submit();
    LeasedJob lease = lease(job, NOW);
    assertThat(chunks().add(lease, chunk(job, 1, "a"))).isFalse();
    assertThat(chunks().add(lease, chunk(job, 2, "a"))).isTrue();
    assertThat(chunks().add(lease, chunk(job, 2, "b"))).isFalse();
    assertThat(chunks().find(lease, 2)).contains(chunk(job, 2, "a"));
  }

  @Test
  void allChunksOfOneJobAreDeletedTogether() {
    DeletionJob job = submit();
    DeletionJob other = submit();
    LeasedJob lease = lease(job, NOW);
    chunks().put(lease, chunk(job, 2, "a"));
    chunks().deleteAll(job.id());
    chunks().deleteAll(job.id());
    assertThat(chunks().find(lease, 1)).isEmpty();
    assertThat(chunks().find(lease, 2)).isEmpty();
    assertThat(chunks().find(lease(other, NOW), 1)).isPresent();
  }

  /** The lease of a job with the same id, submitted once the first one had expired. */
  private LeasedJob leaseAgain(DeletionJob job) {
    Instant later = NOW.plus(Duration.ofDays(400));
    return new LeasedJob(newJob(job.id(), later, later), 1);
  }

  @Test
  void aJobSeesNoChunkOfAnEarlierJobWithTheSameId() {
    DeletionJob job = submit();
    LeasedJob first = lease(job, NOW);
    LeasedJob second = lease(job, NOW.plus(TERM).plusSeconds(1));
    chunks().put(second, chunk(job, 2, "a"));
    LeasedJob again = leaseAgain(job);
    assertThat(read(again)).isEmpty();
    assertThat(chunks().find(again, 1)).isEmpty();
    assertThat(chunks().find(again, 2)).isEmpty();
    assertThatThrownBy(() -> chunks().claim(again, 1)).isInstanceOf(LeaseLostException.class);
    assertThat(chunks().find(first, 2)).contains(chunk(job, 2, "a"));
  }

  @Test
  void aJobReplacesTheChunksOfAnEarlierJobWithTheSameId() {
    DeletionJob job = submit();
    lease(job, NOW);
    LeasedJob second = lease(job, NOW.plus(TERM).plusSeconds(1));
    chunks().put(second, chunk(job, 1, "a"));
    chunks().put(second, chunk(job, 2, "a"));
    LeasedJob again = leaseAgain(job);
    chunks().put(again, chunk(job, 1, "b"));
    assertThat(chunks().add(again, chunk(job, 2, "b"))).isTrue();
    assertThat(chunks().add(again, chunk(job, 2, "c"))).isFalse();
    assertThat(read(again)).containsExactly(chunk(job, 1, "b"), chunk(job, 2, "b"));
    assertThat(read(second)).isEmpty();
    chunks().deleteAll(job.id());
    assertThat(read(again)).isEmpty();
  }
}
