package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The owner gets one e-mail, and trouble with it changes nothing else. */
class EmailIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void sendsOneEmailAndWritesOneEntryForEachEvent() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    engine.run();
    engine.run();

    assertThat(engine.mails).hasSize(1);
    assertThat(engine.mails.getFirst().to()).isEqualTo("owner@bots.example");
    assertThat(engine.mails.getFirst().text()).contains(job.id().value(), "1 of 1 conversation");
    assertThat(engine.jobs.changeLog())
        .satisfiesExactlyInAnyOrder(
            ended -> assertThat(ended).contains("completed"),
            started -> assertThat(started).contains("started"),
            submitted -> assertThat(submitted).contains("submitted"));
  }

  @Test
  void retriesTheEmailInLaterRunsWithoutTouchingTheJobsStatus() {
    engine.mail =
        _ -> {
          throw new MailFailedException("Throttling", null);
        };
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.run();
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.state(job).notification().status())
        .isEqualTo(OwnerNotification.Status.PENDING);
    engine.mail = engine.mails::add;

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().notification().status()).isEqualTo(OwnerNotification.Status.SENT);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void aWorkerThatStoodStillPastItsLeaseSendsNoSecondEmail() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.interception.after(
        "Bots.find",
        1,
        () -> {
          engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
          engine.run();
        });

    engine.run();

    assertThat(engine.jobs.state(job).notification().status())
        .isEqualTo(OwnerNotification.Status.SENT);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void givesUpOnAnOwnerWhoseAddressIsRefusedAndSaysSo() {
    engine.mail =
        _ -> {
          throw new UndeliverableException("MessageRejected", null);
        };
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    engine.run();

    JobState state = engine.jobs.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(state.notification().status()).isEqualTo(OwnerNotification.Status.UNDELIVERABLE);
    assertThat(state.isClosed()).isTrue();
    assertThat(engine.jobs.changeLog())
        .anySatisfy(entry -> assertThat(entry).contains("owner not notified: MessageRejected"));
  }
}
