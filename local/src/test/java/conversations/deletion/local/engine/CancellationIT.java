package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.jobs.CancelDeletionJob.AlreadyEnded;
import conversations.deletion.application.jobs.CancelDeletionJob.Cancelled;
import conversations.deletion.application.jobs.CancelDeletionJob.Requested;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a cancel no conversation is half deleted, nothing more is begun, and counts are exact. */
class CancellationIT {

  @AutoClose private final Engine engine = new Engine();

  @BeforeEach
  void deleteOneAfterAnother() {
    engine.deleteConcurrency = 1;
  }

  @Test
  void aJobThatNoRunHasPickedUpEndsAtOnceAndItsOwnerIsTold() {
    ConversationId one = engine.platform.conversation(5);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);

    assertThat(engine.jobs.cancel(job)).isInstanceOf(Cancelled.class);
    JobState state = engine.jobs.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(engine.jobs.cancel(job)).isInstanceOf(AlreadyEnded.class);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).records(0));
    assertThat(engine.mails)
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains("was cancelled"));
    assertThat(engine.jobs.changeLog())
        .satisfiesExactlyInAnyOrder(
            entry -> assertThat(entry).contains("submitted"),
            entry -> assertThat(entry).contains("cancelled"));
    engine.platform.assertExactly(before);
  }

  @Test
  void aRunningJobFinishesWhatWasBegunAndNothingElse() {
    List<ConversationId> conversations = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      conversations.add(engine.platform.conversation(2_000));
    }
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(conversations.toArray(ConversationId[]::new));
    cancelAtDelete(30, job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(4).deleted(1).records(2_000));
    engine.platform.assertExactly(before, conversations.getFirst());
    assertThat(engine.mails).hasSize(1);
    assertThat(engine.jobs.cancel(job)).isInstanceOf(AlreadyEnded.class);
  }

  @Test
  void aChannelUsersJobAsksTheIndexNoFurther() {
    for (int i = 0; i < 120; i++) {
      engine.platform.conversation(2);
    }
    DeletionJob job = engine.jobs.submitSettledUser();
    cancelAtDelete(2, job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    Counts counts = closed.state().counts();
    assertThat(counts.deleted()).isBetween(1L, 100L);
    assertThat(counts.deletedRecords()).isEqualTo(2 * counts.deleted());
    assertThat(engine.platform.census().records())
        .isEqualTo(Math.toIntExact(240 - counts.deletedRecords()));
  }

  @Test
  void aConversationThatWasBegunIsFinishedInALaterWindowBeforeTheJobIsCancelled() {
    ConversationId stuck = engine.platform.conversation(10);
    ConversationId other = engine.platform.conversation(10);
    Census before = engine.platform.census();
    DeletionJob job = engine.runStuck("TAG", stuck, other);

    assertThat(engine.jobs.cancel(job)).isInstanceOf(Requested.class);
    engine.run();
    assertThat(engine.jobs.state(job).status())
        .as("the failed conversation is tried again in a later window, not in this one")
        .isEqualTo(JobStatus.QUEUED);
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(2).deleted(2).records(20));
    engine.platform.assertExactly(before, stuck, other);
  }

  @Test
  void aWorkerThatDiesAfterTheCancelIsFollowedByOneThatFinishesWhatWasBegun() {
    ConversationId one = engine.platform.conversation(2_000);
    ConversationId two = engine.platform.conversation(2_000);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one, two);
    engine.interception.before(
        "ConversationRecords.delete",
        40,
        () -> {
          engine.jobs.cancel(job);
          throw new Killed();
        });
    assertThatThrownBy(engine::run).isInstanceOf(Killed.class);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(2).deleted(1).records(2_000));
    engine.platform.assertExactly(before, one);
  }

  private void cancelAtDelete(int request, DeletionJob job) {
    engine.interception.before(
        "ConversationRecords.delete",
        request,
        () -> assertThat(engine.jobs.cancel(job)).isInstanceOf(Requested.class));
  }
}
