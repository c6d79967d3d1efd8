package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.CancelDeletionJob.AlreadyEnded;
import conversations.deletion.application.CancelDeletionJob.Cancelled;
import conversations.deletion.application.CancelDeletionJob.Requested;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cancel leaves: no conversation half deleted, nothing begun after it, exact counts. */
class CancellationIT {

  private Engine engine;

  @BeforeEach
  void start() {
    engine = new Engine();
    engine.deleteConcurrency = 1;
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aJobThatNoRunHasPickedUpEndsAtOnceAndItsOwnerIsTold() {
    ConversationId one = engine.conversation(5);
    Census before = engine.census();
    DeletionJob job = engine.submit(one);

    assertThat(engine.cancel(job)).isInstanceOf(Cancelled.class);
    JobState state = engine.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(engine.cancel(job)).isInstanceOf(AlreadyEnded.class);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 0, 0, 0, 0));
    assertThat(engine.mails)
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains("was cancelled"));
    assertThat(engine.changeLog())
        .satisfiesExactlyInAnyOrder(
            entry -> assertThat(entry).contains("submitted"),
            entry -> assertThat(entry).contains("cancelled"));
    engine.assertExactly(before);
  }

  @Test
  void aRunningJobFinishesWhatWasBegunAndNothingElse() {
    List<ConversationId> conversations = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      conversations.add(engine.conversation(2_000));
    }
    Census before = engine.census();
    DeletionJob job = engine.submit(conversations.toArray(ConversationId[]::new));
    cancelAtDelete(30, job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(4, 1, 0, 0, 2_000));
    engine.assertExactly(before, conversations.getFirst());
    assertThat(engine.mails).hasSize(1);
    assertThat(engine.cancel(job)).isInstanceOf(AlreadyEnded.class);
  }

  @Test
  void aChannelUsersJobAsksTheIndexNoFurther() {
    for (int i = 0; i < 120; i++) {
      engine.conversation(2);
    }
    DeletionJob job = engine.submitUser();
    engine.time.advance(Duration.ofMinutes(5));
    cancelAtDelete(2, job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    Counts counts = closed.state().counts();
    assertThat(counts.deleted()).isBetween(1L, 100L);
    assertThat(counts.deletedRecords()).isEqualTo(2 * counts.deleted());
    assertThat(engine.census().records()).isEqualTo(Math.toIntExact(240 - counts.deletedRecords()));
  }

  @Test
  void aConversationThatWasBegunIsFinishedInALaterWindowBeforeTheJobIsCancelled() {
    ConversationId stuck = engine.conversation(10);
    ConversationId other = engine.conversation(10);
    Census before = engine.census();
    ConversationRecords healthy = engine.records;
    engine.records = new RefusingRecords(healthy, stuck, "TAG");
    DeletionJob job = engine.submit(stuck, other);
    engine.run();
    engine.records = healthy;

    assertThat(engine.cancel(job)).isInstanceOf(Requested.class);
    engine.run();
    assertThat(engine.state(job).status())
        .as("the failed conversation is tried again in a later window, not in this one")
        .isEqualTo(JobStatus.QUEUED);
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(2, 2, 0, 0, 20));
    engine.assertExactly(before, stuck, other);
  }

  @Test
  void aWorkerThatDiesAfterTheCancelIsFollowedByOneThatFinishesWhatWasBegun() {
    ConversationId one = engine.conversation(2_000);
    ConversationId two = engine.conversation(2_000);
    Census before = engine.census();
    DeletionJob job = engine.submit(one, two);
    AtomicInteger deletes = new AtomicInteger();
    ConversationRecords real = engine.records;
    engine.records =
        new RecordsDecorator(real) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            if (deletes.incrementAndGet() == 40) {
              engine.cancel(job);
              throw new Killed();
            }
            return super.delete(bot, records);
          }
        };
    try {
      engine.run();
    } catch (Killed _) {
      engine.records = real;
    }

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(2, 1, 0, 0, 2_000));
    engine.assertExactly(before, one);
  }

  private void cancelAtDelete(int request, DeletionJob job) {
    AtomicInteger deletes = new AtomicInteger();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            if (deletes.incrementAndGet() == request) {
              assertThat(engine.cancel(job)).isInstanceOf(Requested.class);
            }
            return super.delete(bot, records);
          }
        };
  }
}
