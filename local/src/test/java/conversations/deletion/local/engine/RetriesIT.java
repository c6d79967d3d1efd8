package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Failed conversations are tried again in later windows, and counted once. */
class RetriesIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void getsByWithAThirdOfAllDeletesUnprocessed() {
    AtomicInteger sent = new AtomicInteger();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public DeleteAnswer delete(List<RecordId> records) {
            List<RecordId> refused = new ArrayList<>();
            List<RecordId> taken = new ArrayList<>();
            for (RecordId record : records) {
              (sent.incrementAndGet() % 3 == 0 ? refused : taken).add(record);
            }
            if (taken.isEmpty()) {
              return DeleteAnswer.ofNone(refused);
            }
            DeleteAnswer answer = super.delete(taken);
            refused.addAll(answer.unprocessed());
            return new DeleteAnswer(refused, answer.units());
          }
        };
    engine.deleteConcurrency = 1;
    ConversationId one = engine.platform.conversation(100);
    DeletionJob job = engine.jobs.submit(one);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(100));
  }

  @Test
  void triesAFailedConversationOnceAWindowAndStopsAfterThreeRetries() {
    ConversationId stuck = engine.platform.conversation(5);
    ConversationId fine = engine.platform.conversation(5);
    engine.records = new RefusingRecords(engine.records, stuck, "MESSAGE");
    DeletionJob job = engine.jobs.submit(stuck, fine);

    engine.run();
    JobState afterFirst = engine.jobs.state(job);
    engine.run();

    assertThat(afterFirst.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(afterFirst.counts().deleted()).isEqualTo(1);
    assertThat(afterFirst.counts().failed()).isEqualTo(1);
    assertThat(afterFirst.retries().remaining()).isEqualTo(3);
    assertThat(engine.jobs.state(job)).as("not again in the same window").isEqualTo(afterFirst);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(closed.state().counts().deleted()).isEqualTo(1);
    assertThat(closed.state().counts().failed()).isEqualTo(1);
    int remaining = engine.platform.census().records(engine.platform.key(stuck));
    assertThat(closed.state().counts().deletedRecords()).isEqualTo(10 - remaining);
    assertThat(closed.state().retries().remaining()).isZero();
    assertThat(engine.jobs.outcome(job, stuck).reason()).contains(Reason.REFUSED);
    assertThat(remaining).as("the header stays while anything else does").isGreaterThanOrEqualTo(3);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void countsNoRecordTwiceWhenARetrySucceeds() {
    ConversationId stuck = engine.platform.conversation(9);
    Census before = engine.platform.census();
    DeletionJob job = engine.runStuck("MESSAGE", stuck);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(9));
    assertThat(closed.state().retries().remaining()).isEqualTo(2);
    engine.platform.assertExactly(before, stuck);
  }

  @Test
  void failsAsFailedWhenNothingCouldBeDeleted() {
    ConversationId stuck = engine.platform.conversation(4);
    engine.records = new RefusingRecords(engine.records, stuck, "");
    DeletionJob job = engine.jobs.submit(stuck);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).failed(1).records(0));
  }

  @Test
  void countsAreThoseOfTheConversationsWheneverAJobWaits() {
    ConversationId stuck = engine.platform.conversation(5);
    DeletionJob job = engine.jobs.submit(stuck, engine.platform.conversation(7));
    engine.records = new RefusingRecords(engine.records, stuck, "MESSAGE");
    engine.interception.after("JobChunks.put", 2, Killed::now);
    assertThatThrownBy(engine::run).isInstanceOf(Killed.class);
    assertThat(engine.jobs.counts(job))
        .as("the outcome was stored, but not yet counted in the job")
        .isNotEqualTo(countsOfChunks(job));
    engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.jobs.counts(job)).isEqualTo(countsOfChunks(job));
    assertThat(countsOfChunks(job).failed()).isEqualTo(1);
  }

  private Counts countsOfChunks(DeletionJob job) {
    return engine.jobs.chunks(job).stream().map(Chunk::counts).reduce(Counts.NONE, Counts::plus);
  }

  @Test
  void believesALookAndNotTheAnswersThatGotLost() {
    ConversationId one = engine.platform.conversation(40);
    Census before = engine.platform.census();
    engine.records =
        new RecordsDecorator(engine.records) {
          private final Set<RecordId> sentBefore = new HashSet<>();

          @Override
          public DeleteAnswer delete(List<RecordId> records) {
            DeleteAnswer answer = super.delete(records);
            return sentBefore.addAll(records) ? DeleteAnswer.ofNone(records) : answer;
          }
        };
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(40));
    engine.platform.assertExactly(before, one);
  }
}
