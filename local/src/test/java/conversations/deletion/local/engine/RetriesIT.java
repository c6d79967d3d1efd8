package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fails is tried again in later windows, and counted once. */
class RetriesIT {

  private Engine engine;

  @BeforeEach
  void start() {
    engine = new Engine();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void getsByWithAThirdOfAllDeletesUnprocessed() {
    AtomicInteger sent = new AtomicInteger();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            List<RecordId> refused = new ArrayList<>();
            List<RecordId> taken = new ArrayList<>();
            for (RecordId record : records) {
              (sent.incrementAndGet() % 3 == 0 ? refused : taken).add(record);
            }
            refused.addAll(taken.isEmpty() ? List.of() : super.delete(bot, taken));
            return refused;
          }
        };
    engine.deleteConcurrency = 1;
    ConversationId one = engine.conversation(100);
    DeletionJob job = engine.submit(one);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 1, 0, 0, 100));
  }

  @Test
  void triesAFailedConversationOnceAWindowAndStopsAfterThreeRetries() {
    ConversationId stuck = engine.conversation(5);
    ConversationId fine = engine.conversation(5);
    engine.records = new RefusingRecords(engine.records, stuck, "MESSAGE");
    DeletionJob job = engine.submit(stuck, fine);

    engine.run();
    JobState afterFirst = engine.state(job);
    engine.run();

    assertThat(afterFirst.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(afterFirst.counts()).isEqualTo(new Counts(2, 1, 1, 0, 7));
    assertThat(afterFirst.retries().remaining()).isEqualTo(3);
    assertThat(engine.state(job)).as("not again in the same window").isEqualTo(afterFirst);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(2, 1, 1, 0, 7));
    assertThat(closed.state().retries().remaining()).isZero();
    assertThat(engine.outcome(job, stuck).reason()).contains(Reason.THROTTLED);
    assertThat(engine.census().records(engine.bot + "#" + stuck))
        .as("the header stays while anything else does")
        .isEqualTo(3);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void countsNoRecordTwiceWhenARetrySucceeds() {
    ConversationId stuck = engine.conversation(9);
    ConversationRecords healthy = engine.records;
    engine.records = new RefusingRecords(engine.records, stuck, "MESSAGE");
    Census before = engine.census();
    DeletionJob job = engine.submit(stuck);
    engine.run();
    engine.records = healthy;

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 1, 0, 0, 9));
    assertThat(closed.state().retries().remaining()).isEqualTo(2);
    engine.assertExactly(before, stuck);
  }

  @Test
  void failsAsFailedWhenNothingCouldBeDeleted() {
    ConversationId stuck = engine.conversation(4);
    engine.records = new RefusingRecords(engine.records, stuck, "");
    DeletionJob job = engine.submit(stuck);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 0, 1, 0, 0));
  }

  @Test
  void countsAreThoseOfTheConversationsWheneverAJobWaits() {
    ConversationId stuck = engine.conversation(5);
    DeletionJob job = engine.submit(stuck, engine.conversation(7));
    engine.records = new RefusingRecords(engine.records, stuck, "MESSAGE");
    engine.interception.after(lastPutOf(stuck), Killed::now);
    try {
      engine.run();
    } catch (Killed _) {
      engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
    }

    engine.run();

    Counts ofChunks =
        engine.chunks(job).stream().map(chunk -> chunk.counts()).reduce(Counts.NONE, Counts::plus);
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.counts(job)).isEqualTo(ofChunks);
    assertThat(ofChunks.failed()).isEqualTo(1);
  }

  /** At which call, with one conversation stuck and one not, the outcome is stored. */
  private int lastPutOf(ConversationId stuck) {
    try (Engine other = new Engine()) {
      ConversationId one = other.conversation(5);
      DeletionJob job = other.submit(one, other.conversation(7));
      other.records = new RefusingRecords(other.records, one, "MESSAGE");
      other.run();
      assertThat(other.state(job).status()).isEqualTo(JobStatus.QUEUED);
      return other.interception.calls().lastIndexOf("JobChunks.put") + 1;
    }
  }

  @Test
  void believesALookAndNotTheAnswersThatGotLost() {
    ConversationId one = engine.conversation(40);
    Census before = engine.census();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            super.delete(bot, records);
            return records;
          }
        };
    DeletionJob job = engine.submit(one);

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 40));
    engine.assertExactly(before, one);
  }
}
