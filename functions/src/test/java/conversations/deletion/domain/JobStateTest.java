package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import conversations.deletion.simulation.Counted;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStateTest {

  private static final Instant DUE = Instant.parse("2026-05-08T18:00:00Z");
  private static final Instant LATER = Instant.parse("2026-05-08T18:00:00.204Z");
  private static final Instant NEXT_WINDOW = Instant.parse("2026-05-09T18:00:00Z");

  private static final JobState SUBMITTED = JobState.submitted(DUE, 3);

  @Test
  void beginsQueuedAndDueWithAllItsRetries() {
    assertThat(SUBMITTED.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(SUBMITTED.scheduledAt()).isEqualTo(DUE);
    assertThat(SUBMITTED.startedAt()).isEmpty();
    assertThat(SUBMITTED.completedAt()).isEmpty();
    assertThat(SUBMITTED.counts()).isEqualTo(Counted.conversations(3).records(0));
    assertThat(SUBMITTED.retries().remaining()).isEqualTo(3);
    assertThat(SUBMITTED.isClosed()).isFalse();
  }

  @Test
  void startsOnceHoweverOftenItIsPickedUp() {
    JobState again = SUBMITTED.pickedUp(LATER).interrupted(NEXT_WINDOW).pickedUp(NEXT_WINDOW);

    assertThat(again.status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(again.startedAt()).contains(LATER);
    assertThat(again.scheduledAt()).isEqualTo(NEXT_WINDOW);
  }

  @Test
  void keepsWhatAChangeDoesNotName() {
    JobState full = Jobs.stateUnlikeANewJobs();

    assertThat(full.changed(_ -> {})).isEqualTo(full);
  }

  @Test
  void onlyProgressClearsTheFailures() {
    JobState failed =
        JobState.of(
            state -> {
              state.status = JobStatus.IN_PROGRESS;
              state.scheduledAt = DUE;
              state.startedAt = Optional.of(DUE);
              state.ownFailures = 4;
              state.stuckSince = Optional.of(DUE);
            });

    JobState interrupted = failed.interrupted(NEXT_WINDOW);
    JobState progressed = failed.progressed(Counts.NONE);
    JobState queued = failed.queued(NEXT_WINDOW, Retries.initial());

    assertThat(interrupted.ownFailures()).isEqualTo(4);
    assertThat(interrupted.stuckSince()).contains(DUE);
    assertThat(progressed.ownFailures()).isZero();
    assertThat(progressed.stuckSince()).isEmpty();
    assertThat(queued.ownFailures()).isZero();
    assertThat(queued.stuckSince()).isEmpty();
  }

  @Test
  void isStuckSinceItsFirstPickUpAfterItLastGotOn() {
    JobState pickedUp = SUBMITTED.pickedUp(LATER);

    assertThat(SUBMITTED.stuckSince()).isEmpty();
    assertThat(pickedUp.interrupted(NEXT_WINDOW).pickedUp(NEXT_WINDOW).stuckSince())
        .contains(LATER);
    assertThat(pickedUp.progressed(Counts.NONE).pickedUp(NEXT_WINDOW).stuckSince())
        .contains(NEXT_WINDOW);
    assertThat(pickedUp.ended(JobStatus.COMPLETED, NEXT_WINDOW).stuckSince()).isEmpty();
  }

  @Test
  void isClosedOnceItHasEndedAndItsOwnerNeedsNoMoreTelling() {
    JobState ended = SUBMITTED.pickedUp(LATER).ended(JobStatus.COMPLETED, NEXT_WINDOW);

    assertThat(ended.completedAt()).contains(NEXT_WINDOW);
    assertThat(ended.isClosed()).isFalse();
    OwnerNotification pending = ended.notification();
    assertThat(ended.with(pending.failed("throttled")).isClosed()).isFalse();
    assertThat(ended.with(pending.sent(NEXT_WINDOW)).isClosed()).isTrue();
    assertThat(ended.with(pending.givenUp("refused")).isClosed()).isTrue();
  }

  @Test
  void hasAnEndTimeWhenAndOnlyWhenItHasEnded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> state(JobStatus.COMPLETED, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> state(JobStatus.QUEUED, Optional.of(DUE)));
  }

  private static JobState state(JobStatus status, Optional<Instant> completedAt) {
    return JobState.of(
        state -> {
          state.status = status;
          state.scheduledAt = DUE;
          state.completedAt = completedAt;
        });
  }

  @Test
  void countsTheAttemptsToTellTheOwner() {
    OwnerNotification notification =
        OwnerNotification.pending().failed("throttled").failed("throttled").sent(LATER);

    assertThat(notification.attempts()).isEqualTo(3);
    assertThat(notification.sentAt()).contains(LATER);
    assertThat(notification.reason()).isEmpty();
    assertThat(notification.isPending()).isFalse();
  }

  @Test
  void remembersThatAnAttemptToTellTheOwnerHadNoAnswer() {
    OwnerNotification unanswered = OwnerNotification.pending().failed(OwnerNotification.NO_ANSWER);

    OwnerNotification refused = unanswered.failed("throttled");

    assertThat(refused.hadNoAnswer()).isTrue();
    assertThat(refused.isPending()).isTrue();
    assertThat(refused.givenUp("refused").status()).isEqualTo(OwnerNotification.Status.UNCONFIRMED);
    assertThat(OwnerNotification.pending().failed("throttled").givenUp("refused").status())
        .isEqualTo(OwnerNotification.Status.UNDELIVERABLE);
  }
}
