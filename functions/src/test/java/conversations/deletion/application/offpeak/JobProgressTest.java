package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Store;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class JobProgressTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final DeletionJob JOB = job();

  private final OneJob job = new OneJob(JOB, List.of());

  @Test
  void numbersChunksInTheOrderInWhichTheyAreStored() {
    JobProgress progress = firstWorker();
    plan(begin(progress, "c-1"), "c-1");
    plan(begin(progress, "c-2"), "c-2");

    assertThat(stored()).extracting(Chunk::number).containsExactly(1, 2);
    assertThat(stored())
        .extracting(chunk -> chunk.conversations().getFirst().conversation())
        .containsExactly(new ConversationId("c-1"), new ConversationId("c-2"));
  }

  @Test
  void aChunkWithoutConversationsIsNotStored() {
    JobProgress progress = firstWorker();
    OpenChunk empty = begin(progress, "c-1");

    drop(empty, "c-1");
    plan(begin(progress, "c-2"), "c-2");

    assertThat(stored()).extracting(Chunk::number).containsExactly(1);
  }

  @Test
  void aLaterWorkersChunkKeepsOutAllThatWouldFollow() {
    JobProgress outrun = firstWorker();
    laterWorker();

    assertThatThrownBy(() -> plan(begin(outrun, "c-1"), "c-1"))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> plan(begin(outrun, "c-2"), "c-2"))
        .isInstanceOf(LeaseLostException.class);

    assertThat(stored()).flatExtracting(Chunk::conversations).isEmpty();
  }

  @Test
  void takesUpAConversationOnceForAsLongAsItIsWorkedOn() {
    JobProgress progress = firstWorker();

    assertThat(progress.remaining().takeUp(List.of(entry("c-1"), entry("c-2"), entry("c-1"))))
        .containsExactly(entry("c-1"), entry("c-2"));
    assertThat(progress.remaining().takeUp(List.of(entry("c-2"), entry("c-3"))))
        .containsExactly(entry("c-3"));
    OpenChunk chunk = begin(progress, "c-2");
    plan(chunk, "c-2");
    assertThat(progress.remaining().takeUp(List.of(entry("c-2")))).isEmpty();
    JobConversation failed = pending(chunk, "c-2").failed(Reason.REFUSED);
    chunk.update(List.of(failed));
    chunk.commit();
    assertThat(progress.remaining().takeUp(List.of(entry("c-2"))))
        .as("waits for a retry")
        .isEmpty();
    chunk.update(List.of(failed.gone()));
    chunk.commit();
    assertThat(progress.remaining().takeUp(List.of(entry("c-2")))).as("was deleted").hasSize(1);
  }

  @Test
  void takesUpAgainAConversationThatWasDropped() {
    JobProgress progress = firstWorker();
    progress.remaining().takeUp(List.of(entry("c-1")));
    OpenChunk chunk = begin(progress, "c-1");

    drop(chunk, "c-1");

    assertThat(progress.remaining().takeUp(List.of(entry("c-1")))).containsExactly(entry("c-1"));
  }

  @Test
  void countsAChunkOnceHoweverOftenItIsStored() {
    JobProgress progress = firstWorker();
    OpenChunk chunk = begin(progress, "c-1");

    plan(chunk, "c-1");
    assertThat(progress.counts()).isEqualTo(Counted.conversations(1).records(0));
    plan(chunk, "c-1");
    finish(chunk, "c-1");

    assertThat(progress.counts()).isEqualTo(Counted.conversations(1).deleted(1).records(2));
  }

  @Test
  void theFirstWorkerTellsThatItGetsOnWhenACheckpointIsDue() {
    JobProgress progress = firstWorker();

    deleteOne(progress, "c-1");
    progress.tellNews();
    assertThat(told().counts()).isEqualTo(Counts.NONE);

    job.elapsed = OneJob.CHECKPOINT;
    progress.tellNews();
    assertThat(told().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(2));
  }

  @Test
  void aLaterWorkerTellsAtOnceThatItGetsOn() {
    failedTries(4);
    firstWorker();
    JobProgress later = laterWorker();

    later.tellNews();
    assertThat(told().ownFailures()).as("it has made no progress").isEqualTo(4);

    deleteOne(later, "c-1");
    later.tellNews();
    assertThat(told().ownFailures()).isZero();
    assertThat(told().stuckSince()).isEmpty();
    assertThat(told().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(2));
  }

  @Test
  void whatAnEarlierWorkerPlannedAndIsGoneIsProgress() {
    failedTries(4);
    plan(begin(firstWorker(), "c-1"), "c-1");
    JobProgress later = laterWorker();
    OpenChunk takenOver = OpenChunk.ofStored(later, later.withWork().getFirst());

    takenOver.update(
        List.of(
            pending(takenOver, "c-1")
                .seen(Store.RECORDS, Fingerprints.NONE)
                .plan(Store.RECORDS, Fingerprints.of(List.of("M3")), Optional.of("M3"))));
    takenOver.storePlan();

    assertThat(told().ownFailures()).isZero();
    assertThat(told().counts().deletedRecords()).isEqualTo(2);
  }

  @Test
  void aPlanThatIsStoredInVainIsNoProgress() {
    plan(begin(firstWorker(), "c-1"), "c-1");
    job.now = job.now.plus(OneJob.TERM).plusSeconds(1);
    failedTries(4);
    JobProgress later = laterWorker();

    OpenChunk.ofStored(later, 1).storePlan();

    assertThat(told().ownFailures()).isEqualTo(4);
  }

  @Test
  void opensAChunkAgainAsItWasStoredLast() {
    plan(begin(firstWorker(), "c-1"), "c-1");
    JobProgress later = laterWorker();

    finish(OpenChunk.ofStored(later, 1), "c-1");

    assertThat(OpenChunk.ofStored(later, 1).pending()).as("it is deleted").isEmpty();
  }

  private static void deleteOne(JobProgress progress, String conversation) {
    OpenChunk chunk = begin(progress, conversation);
    plan(chunk, conversation);
    finish(chunk, conversation);
  }

  private static JobConversation pending(OpenChunk chunk, String conversation) {
    return chunk.pending().stream()
        .filter(one -> one.conversation().value().equals(conversation))
        .findFirst()
        .orElseThrow();
  }

  private static OpenChunk begin(JobProgress progress, String conversation) {
    return OpenChunk.ofNew(
        progress,
        List.of(JobConversation.pending(new ConversationId(conversation))),
        Optional.of(at(conversation)));
  }

  private static IndexPosition at(String conversation) {
    return new IndexPosition(NOW.toString(), "st-1#" + conversation, "SESSION");
  }

  private static IndexEntry entry(String conversation) {
    return new IndexEntry(new ConversationId(conversation), Optional.of(NOW), at(conversation));
  }

  /** Plans two records. */
  private static void plan(OpenChunk chunk, String conversation) {
    JobConversation before = pending(chunk, conversation);
    chunk.update(
        List.of(
            before.plan(Store.RECORDS, Fingerprints.of(List.of("M1", "M2")), Optional.of("M2"))));
    chunk.storePlan();
  }

  private static void drop(OpenChunk chunk, String conversation) {
    Step step = new Step();
    step.dropped().add(new ConversationId(conversation));
    chunk.store(step);
  }

  private static void finish(OpenChunk chunk, String conversation) {
    chunk.update(List.of(pending(chunk, conversation).gone()));
    chunk.commit();
  }

  private List<Chunk> stored() {
    return job.chunks.of(JOB.id());
  }

  /** The state that was stored with the job. */
  private JobState told() {
    return job.jobs.find(JOB.bot(), JOB.id()).orElseThrow().state();
  }

  /** Tries at the job have failed this often for a reason of its own. */
  private void failedTries(int failures) {
    LeaseResult.Leased taken = (LeaseResult.Leased) job.jobs.lease(JOB.ref(), job.now, OneJob.TERM);
    job.jobs.giveBack(taken.job(), job.now, Optional.of(failures));
  }

  private JobProgress firstWorker() {
    return JobProgress.load(job.chunks, job.lease());
  }

  /**
   * A worker that took the job over. The earlier worker, whose clock is late, does not know that
   * yet.
   */
  private JobProgress laterWorker() {
    job.now = job.now.plus(OneJob.TERM).plusSeconds(1);
    return JobProgress.load(job.chunks, job.lease());
  }

  private static DeletionJob job() {
    BotId bot = new BotId("st-1");
    ClientAppId app = new ClientAppId("app");
    return new DeletionJob(
        bot,
        JobId.of(bot, app, "1"),
        app,
        new ChannelUserConversations(
            new ChannelUserId("u-1"), new DateRange(NOW.minus(Duration.ofDays(30)), NOW)),
        NOW,
        JobState.submitted(NOW, 0),
        Optional.empty(),
        Terms.NONE);
  }
}
