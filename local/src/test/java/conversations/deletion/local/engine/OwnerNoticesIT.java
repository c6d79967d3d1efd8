package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbClientAppNames;
import conversations.deletion.adapter.dynamodb.DynamoDbDeletionJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbHolds;
import conversations.deletion.adapter.dynamodb.DynamoDbOwnerNotices;
import conversations.deletion.application.housekeeping.SendOwnerNotices;
import conversations.deletion.application.mail.NoticeEmails;
import conversations.deletion.application.port.Holds;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerNotices;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldReason;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.HoldTarget.HeldConversations;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotice;
import conversations.deletion.domain.OwnerNotice.Occasion;
import conversations.deletion.simulation.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The owner is told of a submitted job, and of one that waits for a hold, once each, and trouble
 * with that changes nothing else.
 */
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
            new NoticeEmails(
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

  /** It is held from now on. */
  private void hold(ConversationId conversation) {
    HoldRequest request =
        new HoldRequest(
            new HeldConversations(List.of(conversation)),
            new HoldReason("A canary sang"),
            Optional.empty(),
            false);
    Hold hold =
        Hold.placed(
            engine.platform.bot(),
            new HoldId("case-canary"),
            request,
            engine.time.instant(),
            Jobs.CLIENT_APP);
    Holds holds =
        new DynamoDbHolds(
            engine.stack.dynamoDb(),
            engine.stack.table("HoldsTable"),
            engine.stack.table("ChangeLogTable"),
            Duration.ofDays(90),
            new Silence());
    holds.add(hold);
    holds.promise(hold, engine.time.instant(), Optional.empty());
  }

  @Test
  void tellsOnceThatAJobWaitsForAHoldAndNeitherWhichNorWhy() {
    engine.jobs.tellOwners = false;
    ConversationId held = engine.platform.conversation(3);
    hold(held);
    DeletionJob job = engine.jobs.submit(held, engine.platform.conversation(4));
    engine.run();
    assertThat(engine.jobs.find(job).state().status()).isEqualTo(JobStatus.ON_HOLD);
    assertThat(engine.stack.items(NOTICES).toString())
        .contains(job.id().value(), "expiresAt")
        .doesNotContain("canary");

    assertThat(keepHouse()).isEqualTo(1);
    assertThat(keepHouse()).isZero();

    assertThat(engine.stack.mails())
        .filteredOn(mail -> mail.text().contains(job.id().value()))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.subject()).isEqualTo("Deletion job on hold: " + job.id());
              assertThat(mail.text())
                  .contains("Conversations held", "Conversations deleted")
                  .doesNotContain("canary");
              assertThat(mail.html()).doesNotContain("canary");
            });
    assertThat(engine.stack.items(NOTICES)).isEmpty();
  }

  /** The two have keys of their own, so that neither replaces the other. */
  @Test
  void ofOneJobTheNoticeOfItsSubmissionAndThatOfItsHoldAreTwo() {
    ConversationId held = engine.platform.conversation(3);
    hold(held);
    DeletionJob waiting = engine.jobs.submit(held);
    engine.run();

    assertThat(notices().due(engine.time.instant()))
        .filteredOn(notice -> notice.job().equals(waiting.ref()))
        .extracting(OwnerNotice::occasion)
        .containsExactlyInAnyOrder(Occasion.SUBMITTED, Occasion.ON_HOLD);
    notices().remove(OwnerNotice.onHold(waiting.ref(), engine.time.instant()));
    assertThat(notices().due(engine.time.instant()))
        .filteredOn(notice -> notice.job().equals(waiting.ref()))
        .extracting(OwnerNotice::occasion)
        .containsExactly(Occasion.SUBMITTED);
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
