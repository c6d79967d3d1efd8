package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbClientAppNames;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbOwnerNotices;
import conversations.deletion.application.housekeeping.SendOwnerNotices;
import conversations.deletion.application.mail.SubmissionEmails;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerNotices;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotice;
import conversations.deletion.simulation.Silence;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The owner is told of a submitted job, once, and trouble with that changes nothing else. */
class OwnerNoticesIT {

  private static final String NOTICES = "OwnerNoticesTable";

  @AutoClose private final Engine engine = new Engine();

  @BeforeEach
  void tellOwners() {
    engine.jobs.tellOwners = true;
    engine.mail = engine.emailService();
    engine.platform.clientApp(Jobs.CLIENT_APP, "Shop back end");
  }

  private OwnerNotices notices() {
    return new DynamoDbOwnerNotices(
        engine.stack.dynamoDb(), engine.stack.table(NOTICES), new Silence());
  }

  private int keepHouse() {
    return new SendOwnerNotices(
            notices(),
            new DynamoDbDeletionJobs(
                engine.stack.dynamoDb(), engine.stack.table("DeletionJobsTable")),
            new SubmissionEmails(
                new DynamoDbBots(
                    engine.stack.dynamoDb(), engine.stack.table("BotsTable"), new Silence()),
                new DynamoDbClientAppNames(
                    engine.stack.dynamoDb(), engine.stack.table("ClientAppsTable"))),
            engine.mailLimit,
            engine.mail,
            new SendOwnerNotices.Telling(engine.time, new Silence(), _ -> {}),
            Duration.ofSeconds(20))
        .run(() -> Duration.ofMinutes(2));
  }

  @Test
  void tellsWhatWasAskedAndByWhomWithTheChannelUserMasked() {
    engine.platform.conversation(3);
    DeletionJob job = engine.jobs.submitUser();

    assertThat(keepHouse()).isEqualTo(1);
    assertThat(keepHouse()).isZero();

    assertThat(engine.stack.mails())
        .filteredOn(mail -> mail.text().contains(job.id().value()))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.text())
                  .contains("Deletion job submitted", "Shop back end (engine-tests)")
                  .doesNotContain(engine.platform.user.value());
              assertThat(mail.html()).doesNotContain(engine.platform.user.value());
            });
    assertThat(engine.stack.items(NOTICES)).isEmpty();
    engine.time.advance(Duration.ofMinutes(5));
    assertThat(engine.runUntilClosed(job).state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.deliveredMails(job)).as("and one of its end").isEqualTo(2);
  }

  @Test
  void whatIsStoredForItNamesNobodyAndARepeatedRequestStoresNoSecond() {
    Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("key"));
    ByChannelUser request =
        new ByChannelUser(engine.platform.user, Optional.empty(), Optional.empty());
    engine.jobs.submit(request, key);
    assertThat(engine.stack.items(NOTICES)).hasSize(1);
    assertThat(engine.stack.items(NOTICES).toString())
        .contains("expiresAt")
        .doesNotContain(engine.platform.user.value());
    assertThat(keepHouse()).isEqualTo(1);

    engine.jobs.submit(request, key);

    assertThat(engine.stack.items(NOTICES)).isEmpty();
  }

  @Test
  void isSentOnceSesIsBackAndChangesNothingOfTheJob() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.mail =
        _ -> {
          throw new MailFailedException("InternalFailure", null);
        };
    assertThat(keepHouse()).isZero();
    assertThat(engine.jobs.find(job)).isEqualTo(job);
    engine.mail = engine.emailService();
    assertThat(keepHouse()).as("it is tried again after some minutes").isZero();
    engine.time.advance(Duration.ofMinutes(5));

    assertThat(keepHouse()).isEqualTo(1);
    assertThat(keepHouse()).isZero();

    assertThat(engine.deliveredMails(job)).isEqualTo(1);
    assertThat(engine.jobs.find(job)).isEqualTo(job);
  }

  @Test
  void isDroppedIfTheJobWasCancelledOrHasEndedMeanwhile() {
    DeletionJob cancelled = engine.jobs.submit(engine.platform.conversation(3));
    DeletionJob done = engine.jobs.submit(engine.platform.conversation(3));
    engine.jobs.cancel(cancelled);
    engine.run();

    assertThat(keepHouse()).isZero();

    assertThat(engine.deliveredMails(cancelled)).as("of its end").isEqualTo(1);
    assertThat(engine.deliveredMails(done)).as("of its end").isEqualTo(1);
    assertThat(engine.stack.items(NOTICES)).isEmpty();
  }

  @Test
  void ofTwoRunsThatFoundItOneBeginsToSendIt() {
    engine.jobs.submit(engine.platform.conversation(3));
    OwnerNotice found = notices().due(engine.time.instant()).findFirst().orElseThrow();

    assertThat(notices().begin(found, found.begun(engine.time.instant()))).isTrue();
    assertThat(notices().begin(found, found.begun(engine.time.instant()))).isFalse();
    assertThat(notices().due(engine.time.instant())).isEmpty();
    notices().hadNoAnswer(found);
    assertThat(notices().due(engine.time.instant().plus(Duration.ofMinutes(5))))
        .singleElement()
        .matches(notice -> notice.hadNoAnswer() && notice.attempts() == 1);
    notices().remove(found);
    notices().hadNoAnswer(found);
    assertThat(notices().begin(found, found)).isFalse();
    assertThat(engine.stack.items(NOTICES)).isEmpty();
  }

  @Test
  void withoutTheParameterNothingIsStored() {
    engine.jobs.tellOwners = false;
    engine.jobs.submit(engine.platform.conversation(3));

    assertThat(engine.stack.items(NOTICES)).isEmpty();
  }
}
