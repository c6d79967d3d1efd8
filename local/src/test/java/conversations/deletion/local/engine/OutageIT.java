package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.offpeak.RunSummary;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** An outage is not the job's fault. What is not done for want of the table is done later. */
class OutageIT {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @AutoClose private final Engine engine = new Engine();

  private boolean isRefused;

  @BeforeEach
  void letTheTableRefuseReads() {
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  if (isRefused) {
                    throw error("AccessDeniedException");
                  }
                });
  }

  @Test
  void anOutageOfAWholeNightCostsNoAttemptAndNoRetry() {
    engine.window = new OffPeakWindow(OffPeakHours.parse("0-5"), ZoneOffset.UTC);
    Instant midnight = engine.time.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    Instant mended = midnight.plus(Duration.ofMinutes(302));
    engine.time.advanceTo(midnight);
    isRefused = true;

    int tries = 0;
    for (; engine.time.instant().isBefore(mended); nextTick(job)) {
      tries += engine.run().jobsInterrupted();
    }
    JobState atTheEnd = engine.jobs.state(job);
    isRefused = false;
    for (int i = 0; i < 5 && !engine.jobs.state(job).isClosed(); i++, nextTick(job)) {
      engine.run();
    }

    assertThat(tries).isGreaterThan(90);
    assertThat(atTheEnd.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(atTheEnd.ownFailures()).isZero();
    assertThat(atTheEnd.retries()).isEqualTo(Retries.initial());
    JobState closed = engine.jobs.state(job);
    assertThat(closed.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.counts()).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    assertThat(closed.retries()).isEqualTo(Retries.initial());
    assertThat(closed.completedAt().orElseThrow())
        .as("soon after the table was mended")
        .isBefore(mended.plus(Duration.ofMinutes(4)));
  }

  @Test
  void aJobThatNobodyCouldGetOnWithFor14DaysEndsUnavailable() {
    ConversationId one = engine.platform.conversation(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);
    isRefused = true;
    engine.run();

    engine.time.advance(Duration.ofDays(14).minus(MINUTE));
    engine.run();
    assertThat(engine.jobs.state(job).status())
        .as("a minute too early")
        .isEqualTo(JobStatus.QUEUED);
    engine.time.advance(Duration.ofMinutes(3));
    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.jobs.state(job).isClosed()).isTrue();
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).failed(1).records(0));
    assertThat(engine.jobs.outcome(job, one).reason()).contains(Reason.UNAVAILABLE);
    assertThat(engine.jobs.changeLog().getFirst()).contains("failed");
    assertThat(engine.mails).hasSize(1);
    engine.platform.assertExactly(before);
  }

  @Test
  void aJobOfWhichSomethingIsDeletedEndsPartiallyCompleted() {
    ConversationId one = engine.platform.conversation(3);
    DeletionJob job = engine.runStuck("", one, engine.platform.conversation(5));
    isRefused = true;
    engine.time.advance(Duration.ofDays(1));
    engine.run();

    engine.time.advance(Duration.ofDays(15));
    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(engine.jobs.counts(job).deletedRecords()).isEqualTo(5);
  }

  @Test
  void aTimeInWhichNoRunTriedIsNoTrouble() {
    ConversationId one = engine.platform.conversation(3);
    engine.records = new RefusingRecords(engine.records, one, "");
    DeletionJob job = engine.jobs.submit(one);
    engine.run();
    isRefused = true;

    engine.time.advance(Duration.ofDays(60));
    RunSummary afterTheStop = engine.run();
    assertThat(afterTheStop.jobsInterrupted()).isEqualTo(1);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);

    engine.time.advance(Duration.ofDays(14).plus(MINUTE));
    engine.run();
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void aJobWhoseWorkerDiedBeforeALongStopIsTriedAgain() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    WatchedRecords healthy = (WatchedRecords) engine.records;
    engine.records =
        new WatchedRecords(healthy)
            .beforeRead(
                _ -> {
                  throw new Killed();
                });
    assertThatThrownBy(engine::run).isInstanceOf(Killed.class);
    engine.records = healthy;

    engine.time.advance(Duration.ofDays(60));
    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void endsNothingWithoutAnotherTry() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    isRefused = true;
    engine.run();

    engine.time.advance(Duration.ofDays(15));
    isRefused = false;
    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void aJobThatRunsGotOnWithMeanwhileIsNotGivenUp() {
    ConversationId one = engine.platform.conversation(3);
    engine.records = new RefusingRecords(engine.records, one, "");
    DeletionJob job = engine.jobs.submit(one);
    engine.run();
    engine.time.advance(Duration.ofDays(13));
    engine.run();
    isRefused = true;

    engine.time.advance(Duration.ofDays(13));
    RunSummary refused = engine.run();

    assertThat(refused.jobsInterrupted()).isEqualTo(1);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void oneThrottledReadWithHalfTheLeaseLeftGivesNothingBack() {
    ConversationId one = engine.platform.conversation(3);
    Census before = engine.platform.census();
    AtomicInteger reads = new AtomicInteger();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  if (reads.incrementAndGet() == 1) {
                    engine.time.advance(Engine.LEASE_TERM.dividedBy(2));
                    throw error("ProvisionedThroughputExceededException");
                  }
                });
    DeletionJob job = engine.jobs.submit(one);

    RunSummary run = engine.run();

    assertThat(run.jobsInterrupted()).isZero();
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    engine.platform.assertExactly(before, one);
  }

  /** What DynamoDB answers if it refuses a request. */
  static DynamoDbException error(String code) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  /** The schedule's next tick at which the job may be due. */
  private void nextTick(DeletionJob job) {
    Instant tick = engine.time.instant().truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
    engine.time.advanceTo(tick);
    engine.jobsByHand.nextSweep(job).ifPresent(engine.time::advanceTo);
  }
}
