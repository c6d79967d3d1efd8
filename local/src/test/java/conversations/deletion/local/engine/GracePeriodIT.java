package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.jobs.CancelDeletionJob.Cancelled;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Terms;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing of a job that is to wait is deleted before its moment, and then all of it. */
class GracePeriodIT {

  private static final Duration GRACE = Duration.ofDays(10);

  @AutoClose private final Engine engine = new Engine();

  private ConversationId one;
  private Census before;
  private Instant moment;

  @BeforeEach
  void storeAConversation() {
    one = engine.platform.conversation(5);
    before = engine.platform.census();
    moment = engine.time.instant().plus(GRACE);
  }

  private DeletionJob submitToBeginAt(Instant notBefore) {
    Terms terms = new Terms(Optional.empty(), Optional.of(notBefore));
    return ((Accepted)
            engine.jobs.submit(new ByConversations(List.of(one), terms), Optional.empty()))
        .job();
  }

  private void assertThatItWaits(DeletionJob job) {
    engine.platform.assertExactly(before);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.jobs.state(job).startedAt()).isEmpty();
  }

  private void assertThatItIsDone(DeletionJob job) {
    engine.platform.assertExactly(before, one);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(5));
  }

  @Test
  void nothingIsDeletedBeforeTheMomentThoughTheWindowIsOpenAndThenAtOnce() {
    DeletionJob job = submitToBeginAt(moment);
    assertThat(engine.queue.waiting()).as("a message would come too early").isZero();

    engine.run();
    assertThatItWaits(job);
    engine.time.advanceTo(moment.minusMillis(1));
    engine.run();
    assertThatItWaits(job);
    engine.time.advanceTo(moment);
    engine.run();

    assertThatItIsDone(job);
    assertThat(engine.mails)
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains("Not before "));
  }

  @Test
  void theWindowStillHolds() {
    engine.window = Engine.hourOf(moment.plus(Duration.ofHours(2)));
    DeletionJob job = submitToBeginAt(moment);
    Instant opening = engine.window.nextOpening(moment);
    assertThat(job.state().scheduledAt()).isEqualTo(opening).isAfter(moment);

    engine.time.advanceTo(opening.minusMillis(1));
    engine.run();
    assertThatItWaits(job);
    engine.time.advanceTo(opening);
    engine.run();

    assertThatItIsDone(job);
  }

  /** One that was sent by hand, or delivered again. */
  @Test
  void aMessageThatComesEarlyStartsNothingAndDelaysNothing() {
    DeletionJob job = submitToBeginAt(moment);
    engine.time.advanceTo(moment.minusMillis(1));
    engine.jobs.queue().send(job.ref());

    engine.run();

    assertThatItWaits(job);
    assertThat(engine.queue.waiting()).isZero();
    engine.time.advanceTo(moment);
    engine.run();
    assertThatItIsDone(job);
  }

  @Test
  void aClockThatWasAheadWhenTheJobWasLeasedDeletesNothing() {
    DeletionJob job = submitToBeginAt(moment);
    engine.jobs.queue().send(job.ref());
    Instant now = engine.time.instant();
    engine.time.setWallClock(moment);
    engine.interception.after("JobLeases.lease", 1, () -> engine.time.setWallClock(now));

    engine.run();

    assertThatItWaits(job);
    assertThat(engine.jobs.cancel(job))
        .as("it can still be cancelled whole")
        .isInstanceOf(Cancelled.class);
    engine.platform.assertExactly(before);
  }

  @Test
  void aClockThatIsSetBackWhileTheJobIsWorkedOnStopsItUntilItsMoment() {
    DeletionJob job = submitToBeginAt(moment);
    engine.jobs.queue().send(job.ref());
    Instant now = engine.time.instant();
    engine.time.setWallClock(moment);
    engine.interception.before("JobChunks.put", 1, () -> engine.time.setWallClock(now));

    engine.run();
    engine.run();

    engine.platform.assertExactly(before);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    engine.time.advanceTo(moment);
    engine.runUntilClosed(job);
    assertThatItIsDone(job);
  }

  @Test
  void untilThenItIsCancelledWholeAndItsOwnerIsToldInTheNextRun() {
    DeletionJob job = submitToBeginAt(moment);
    engine.time.advanceTo(moment.minus(Duration.ofDays(9)));

    assertThat(engine.jobs.cancel(job)).isInstanceOf(Cancelled.class);
    engine.run();

    assertThat(engine.jobs.state(job).isClosed()).isTrue();
    assertThat(engine.mails)
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains("was cancelled"));
    engine.time.advanceTo(moment);
    engine.run();
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.CANCELLED);
    engine.platform.assertExactly(before);
  }

  /** What can't be read of a job may be the moment: nothing is deleted for it. */
  @Test
  void aJobWhoseMomentCannotBeReadDeletesNothingAndEnds() {
    DeletionJob job = submitToBeginAt(moment);
    engine.jobsByHand.set(job, "notBefore", "?");
    engine.jobsByHand.set(job, "scheduledAt", "2026-01-01T00:00:00.000Z");
    engine.jobs.queue().send(job.ref());

    for (int i = 0; i < 13; i++) {
      engine.run();
      engine.time.advance(Duration.ofHours(2));
    }

    assertThat(engine.jobsByHand.get(job, "status")).isEqualTo("failed");
    engine.platform.assertExactly(before);
  }
}
