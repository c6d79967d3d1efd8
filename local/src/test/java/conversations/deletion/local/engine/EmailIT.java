package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.local.embedded.SesEndpoint;
import conversations.deletion.local.embedded.SesFailure;
import conversations.deletion.local.http.Listening;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;

/** The owner gets one e-mail, and trouble with it changes nothing else. */
class EmailIT {

  private static final String SENDER = "deletions@platform.example";
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

  @TempDir private Path mailFolder;

  @AutoClose private final Engine engine = new Engine();

  /** An SES that a test can put into trouble. */
  @AutoClose private SesEndpoint ses;

  @AutoClose private SesClient client;

  @BeforeEach
  void startSes() {
    ses = SesEndpoint.start(Listening.HERE, mailFolder);
    client =
        SesClient.builder()
            .endpointOverride(ses.endpoint())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(calls -> calls.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .httpClient(UrlConnectionHttpClient.builder().socketTimeout(ANSWER_LIMIT).build())
            .build();
    client.verifyEmailIdentity(request -> request.emailAddress(SENDER));
  }

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
  void anOwnerWhoHadManyEmailsGetsOneThatListsTheRest() {
    List<DeletionJob> jobs =
        IntStream.range(0, 7)
            .mapToObj(_ -> engine.jobs.submit(engine.platform.conversation(1)))
            .toList();
    int[] sent = {0};
    engine.mailLimit = (_, _) -> 2 - ++sent[0];

    engine.run();

    assertThat(engine.mails).hasSize(2);
    assertThat(jobs).allMatch(job -> engine.jobs.state(job).status() == JobStatus.COMPLETED);

    sent[0] = 1;
    engine.time.advance(Duration.ofHours(1));
    engine.run();

    assertThat(engine.mails).hasSize(3);
    assertThat(engine.mails.getLast().subject()).startsWith("5 deletion jobs ended");
    assertThat(jobs)
        .allSatisfy(
            job -> {
              assertThat(engine.jobs.state(job).notification().status())
                  .isEqualTo(OwnerNotification.Status.SENT);
              assertThat(engine.mails)
                  .filteredOn(mail -> mail.text().contains(job.id().value()))
                  .hasSize(1);
            });
    engine.time.advance(Duration.ofHours(2));
    engine.run();
    assertThat(engine.mails).hasSize(3);
  }

  @Test
  void namesWhoAskedAndSaysUntilWhenBackupsHoldWhatWasDeleted() {
    engine.platform.clientApp(Jobs.CLIENT_APP, "Shop back end");
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    engine.run();

    Instant end = engine.jobs.state(job).completedAt().orElseThrow();
    Instant forgotten = end.plus(Engine.BACKUPS).truncatedTo(ChronoUnit.SECONDS);
    assertThat(engine.mails.getFirst().text().replaceAll("\\s+", " "))
        .contains("Asked by Shop back end (engine-tests)")
        .contains(
            "hold what was deleted until %s UTC"
                .formatted(forgotten.toString().replace('T', ' ').replace("Z", "")));
  }

  @Test
  void doesNotCallAJobFineThatFoundNothing() {
    engine.jobs.submit(new ConversationId("c-unknown-1"), new ConversationId("c-unknown-2"));
    engine.run();

    assertThat(engine.mails.getFirst().subject()).startsWith("Deletion job completed, nothing");
    assertThat(engine.mails.getFirst().text())
        .contains("Conversations asked for", "Nothing that was asked for was there")
        .doesNotContain("Conversations found", "There is nothing for you to do");
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

  @Test
  void sendsAtMostOneMoreEmailThoughSesAnswersTooLate() {
    engine.mail = new SesOwnerMail(client, SENDER);
    ses.holdAnswers();
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    JobState state = engine.runUntilClosed(job).state();

    assertThat(ses.mails()).hasSize(2);
    assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(state.notification().status()).isEqualTo(OwnerNotification.Status.UNCONFIRMED);
    assertThat(engine.reported).containsEntry(Metric.OWNER_MAILS_UNCONFIRMED, 1L);
    assertThat(engine.jobs.changeLog())
        .anySatisfy(entry -> assertThat(entry).contains("owner possibly not notified: NoAnswer"));
  }

  @Test
  void sendsOneEmailAfterAnOutageOfSesOfManyDays() {
    engine.mail = new SesOwnerMail(client, SENDER);
    ses.fail(SesFailure.INTERNAL_FAILURE);
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    for (int attempts = 0; attempts < 105; attempts++) {
      engine.run();
      engine.time.advance(Duration.ofHours(3));
    }
    JobState during = engine.jobs.state(job);
    assertThat(during.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(during.notification().attempts()).isEqualTo(105);
    ses.recover();

    JobState after = engine.runUntilClosed(job).state();

    assertThat(after.notification().status()).isEqualTo(OwnerNotification.Status.SENT);
    assertThat(after.counts()).isEqualTo(during.counts());
    assertThat(ses.mails()).hasSize(1);
  }

  @Test
  void sendsAnEmailOnceItsSenderIsVerifiedAndLeavesTheAlarmNoDoubt() {
    String sender = "late@platform.example";
    engine.mail = new SesOwnerMail(client, sender);
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.run();
    OwnerNotification waiting = engine.jobs.state(job).notification();
    assertThat(waiting.status()).isEqualTo(OwnerNotification.Status.PENDING);
    assertThat(waiting.reason()).contains("SenderNotVerified");
    assertThat(engine.reported).containsEntry(Metric.OWNER_MAILS_HELD_UP, 1L);
    client.verifyEmailIdentity(request -> request.emailAddress(sender));

    JobState closed = engine.runUntilClosed(job).state();

    assertThat(closed.notification().status()).isEqualTo(OwnerNotification.Status.SENT);
    assertThat(ses.mails()).hasSize(1);
  }

  @Test
  void givesUpOnAnOwnerWhoseAddressCanBeNone() {
    engine.mail = new SesOwnerMail(client, SENDER);
    engine.platform.ownerEmail("owner bots.example");
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    engine.run();

    OwnerNotification told = engine.jobs.state(job).notification();
    assertThat(told.status()).isEqualTo(OwnerNotification.Status.UNDELIVERABLE);
    assertThat(told.reason()).contains("InvalidParameterValue");
  }

  @Test
  void callsAnEmailUndeliverableOnlyAfterFourteenDaysOfFailures() {
    engine.mail = new SesOwnerMail(client, SENDER);
    ses.fail(SesFailure.INTERNAL_FAILURE);
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.run();
    Instant end = engine.jobs.state(job).completedAt().orElseThrow();

    engine.time.advanceTo(end.plus(Duration.ofDays(14)).minusSeconds(60));
    engine.run();
    assertThat(engine.jobs.state(job).notification().status())
        .isEqualTo(OwnerNotification.Status.PENDING);
    engine.time.advance(Duration.ofHours(1));
    engine.run();

    assertThat(engine.jobs.state(job).notification().status())
        .isEqualTo(OwnerNotification.Status.UNDELIVERABLE);
    assertThat(ses.mails()).isEmpty();
  }

  @Test
  void aRunThatIsAboutToEndLeavesTheEmailToTheNext() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    engine.run(Duration.ofSeconds(20));

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.mails).isEmpty();
    assertThat(engine.jobs.state(job).notification().attempts()).isZero();
    engine.run();
    assertThat(engine.jobs.state(job).notification().status())
        .isEqualTo(OwnerNotification.Status.SENT);
    assertThat(engine.mails).hasSize(1);
  }
}
