package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What platforms write while a job runs is deleted, or waited for, and counted. */
class LateWritesIT {

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
  void countsAndDeletesRecordsThatAreAddedWhileTheirConversationIsDeleted() {
    ConversationId one = engine.conversation(30);
    AtomicInteger looks = new AtomicInteger();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  int look = looks.incrementAndGet();
                  if (look == 2 || look == 3) {
                    engine.append(one, "MESSAGE#late#" + look, Instant.EPOCH);
                  }
                });
    Census before = engine.census();
    DeletionJob job = engine.submit(one);

    engine.run();

    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 32));
    engine.assertExactly(before, one);
  }

  @Test
  void failsAConversationWhoseWriterNeverRests() {
    ConversationId busy = engine.conversation(3);
    ConversationId quiet = engine.conversation(3);
    AtomicInteger looks = new AtomicInteger();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                conversation -> {
                  if (conversation.equals(busy)) {
                    engine.append(busy, "MESSAGE#more#" + looks.incrementAndGet(), Instant.EPOCH);
                  }
                });
    DeletionJob job = engine.submit(busy, quiet);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(engine.outcome(job, busy).reason()).contains(Reason.RECORDS_KEEP_COMING);
    assertThat(engine.outcome(job, quiet).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(closed.state().retries().remaining()).isZero();
  }

  @Test
  void waitsForAnOpenConversationWithoutTouchingItOrUsingARetry() {
    ConversationId open = engine.conversation(4);
    engine.append(open, "MESSAGE#just-now", engine.time.instant().minusSeconds(60));
    ConversationId idle = engine.conversation(4);
    Census before = engine.census();
    DeletionJob job = engine.submit(open, idle);

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 1, 0, 0, 4));
    assertThat(engine.outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    engine.assertExactly(before, idle);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(2, 2, 0, 0, 9));
    assertThat(closed.state().retries().remaining()).isEqualTo(3);
    engine.assertExactly(before, open, idle);
  }

  @Test
  void failsAConversationThatIsStillOpenAfterTheLastWindow() {
    ConversationId open = engine.conversation(4);
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  engine.append(open, "MESSAGE#" + UUID.randomUUID(), engine.time.instant());
                });
    engine.window = Engine.hourOf(engine.time.instant());
    engine.time.advanceTo(engine.time.instant().truncatedTo(ChronoUnit.HOURS).plusSeconds(3300));
    DeletionJob job = engine.submit(open);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    assertThat(closed.state().retries().waitsRemaining()).isZero();
    assertThat(closed.state().retries().remaining()).isEqualTo(3);
    assertThat(closed.state().counts().deletedRecords()).isZero();
  }

  @Test
  void deletesAConversationOneOfWhoseRecordsClaimsToBeOfTheFuture() {
    ConversationId odd = engine.conversation(3);
    engine.append(odd, "MESSAGE#odd", Instant.parse("2999-01-01T00:00:00Z"));
    DeletionJob job = engine.submit(odd, engine.conversation(3));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 2, 0, 0, 7));
  }

  @Test
  void findsARecordThatIsAddedBetweenTheLookAndTheHeadersDelete() {
    ConversationId one = engine.conversation(10);
    Census before = engine.census();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeDelete(
                records -> {
                  if (records.getFirst().recordKey().equals("SESSION")) {
                    engine.append(one, "MESSAGE#late", Instant.EPOCH);
                  }
                });
    DeletionJob job = engine.submit(one);

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 11));
    engine.assertExactly(before, one);
  }

  @Test
  void countsALateRecordThoughItsWorkerDiesRightAfterDeletingIt() {
    ConversationId one = engine.conversation(10);
    Census before = engine.census();
    AtomicInteger deletes = new AtomicInteger();
    ConversationRecords real = engine.records;
    engine.records =
        new WatchedRecords(real)
            .beforeDelete(
                _ -> {
                  if (deletes.incrementAndGet() == 1) {
                    engine.append(one, "MESSAGE#late", Instant.EPOCH);
                  }
                })
            .afterDelete(
                records -> {
                  if (records.getFirst().recordKey().equals("MESSAGE#late")) {
                    engine.records = real;
                    throw new Killed();
                  }
                });
    DeletionJob job = engine.submit(one);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(engine.records).as("the worker died").isSameAs(real);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 1, 0, 0, 11));
    engine.assertExactly(before, one);
  }

  @Test
  void waitsForAnOpenConversationWhoseYoungestRecordIsBeyondTheFirstPlan() {
    ConversationId open = engine.conversation(2_600);
    engine.append(open, "ZZZ#just-now", engine.time.instant().minusSeconds(60));
    Census before = engine.census();
    DeletionJob job = engine.submit(open);

    engine.run();

    assertThat(engine.outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    engine.assertExactly(before);

    engine.runUntilClosed(job);

    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 2_601));
    engine.assertExactly(before, open);
  }

  @Test
  void finishesWhatWasBegunThoughItHasBecomeOpenAgain() {
    ConversationId stuck = engine.conversation(10);
    Census before = engine.census();
    ConversationRecords healthy = engine.records;
    engine.records = new RefusingRecords(healthy, stuck, "MESSAGE");
    DeletionJob job = engine.submit(stuck);
    engine.run();
    engine.records = healthy;
    engine.time.advanceTo(engine.state(job).scheduledAt().plusSeconds(60));
    engine.append(stuck, "MESSAGE#again", engine.time.instant().minusSeconds(30));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 11));
    engine.assertExactly(before, stuck);
  }

  @Test
  void finishesWhatWasBegunAndBecameOpenAgainBeforeItsJobIsCancelled() {
    ConversationId stuck = engine.conversation(10);
    Census before = engine.census();
    ConversationRecords healthy = engine.records;
    engine.records = new RefusingRecords(healthy, stuck, "MESSAGE");
    DeletionJob job = engine.submit(stuck);
    engine.run();
    engine.records = healthy;
    engine.cancel(job);
    engine.time.advanceTo(engine.state(job).scheduledAt().plusSeconds(60));
    engine.append(stuck, "MESSAGE#again", engine.time.instant().minusSeconds(30));

    engine.runUntilClosed(job);

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 11));
    engine.assertExactly(before, stuck);
  }

  @Test
  void deletesTheSessionHeaderAfterTheRecordsThatWereAddedLate() {
    ConversationId one = engine.conversation(10);
    Census before = engine.census();
    List<List<String>> requests = new ArrayList<>();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeDelete(
                records -> {
                  if (requests.isEmpty()) {
                    engine.append(one, "MESSAGE#late", Instant.EPOCH);
                  }
                  requests.add(records.stream().map(RecordId::recordKey).toList());
                });
    engine.submit(one);

    engine.run();

    assertThat(requests.subList(1, requests.size()))
        .containsExactly(List.of("MESSAGE#late"), List.of("SESSION"));
    engine.assertExactly(before, one);
  }
}
