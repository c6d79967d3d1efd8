package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Records that platforms write while a job runs are deleted, or waited for, and counted. */
class LateWritesIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void countsAndDeletesRecordsThatAreAddedWhileTheirConversationIsDeleted() {
    ConversationId one = engine.platform.conversation(30);
    AtomicInteger looks = new AtomicInteger();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  int look = looks.incrementAndGet();
                  if (look == 2 || look == 3) {
                    engine.platform.append(one, "MESSAGE#late#" + look, Instant.EPOCH);
                  }
                });
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(32));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void failsAConversationWhoseWriterNeverRests() {
    ConversationId busy = engine.platform.conversation(3);
    ConversationId quiet = engine.platform.conversation(3);
    AtomicInteger looks = new AtomicInteger();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                conversation -> {
                  if (conversation.equals(busy)) {
                    engine.platform.append(
                        busy, "MESSAGE#more#" + looks.incrementAndGet(), Instant.EPOCH);
                  }
                });
    DeletionJob job = engine.jobs.submit(busy, quiet);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(engine.jobs.outcome(job, busy).reason()).contains(Reason.RECORDS_KEEP_COMING);
    assertThat(engine.jobs.outcome(job, quiet).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(closed.state().retries().remaining()).isZero();
  }

  @Test
  void waitsForAnOpenConversationWithoutTouchingItOrUsingARetry() {
    ConversationId open = engine.platform.conversation(4);
    engine.platform.append(open, "MESSAGE#just-now", engine.time.instant().minusSeconds(60));
    ConversationId idle = engine.platform.conversation(4);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(open, idle);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(2).deleted(1).records(4));
    assertThat(engine.jobs.outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    engine.platform.assertExactly(before, idle);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(2).deleted(2).records(9));
    assertThat(closed.state().retries().remaining()).isEqualTo(3);
    engine.platform.assertExactly(before, open, idle);
  }

  @Test
  void failsAConversationThatIsStillOpenAfterTheLastWindow() {
    ConversationId open = engine.platform.conversation(4);
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  engine.platform.append(
                      open, "MESSAGE#" + UUID.randomUUID(), engine.time.instant());
                });
    engine.window = Engine.hourOf(engine.time.instant());
    engine.time.advanceTo(engine.time.instant().truncatedTo(ChronoUnit.HOURS).plusSeconds(3300));
    DeletionJob job = engine.jobs.submit(open);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.jobs.outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    assertThat(closed.state().retries().waitsRemaining()).isZero();
    assertThat(closed.state().retries().remaining()).isEqualTo(3);
    assertThat(closed.state().counts().deletedRecords()).isZero();
  }

  @Test
  void deletesAConversationOneOfWhoseRecordsClaimsToBeOfTheFuture() {
    ConversationId odd = engine.platform.conversation(3);
    engine.platform.append(odd, "MESSAGE#odd", Instant.parse("2999-01-01T00:00:00Z"));
    DeletionJob job = engine.jobs.submit(odd, engine.platform.conversation(3));

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(2).deleted(2).records(7));
  }

  @Test
  void findsARecordThatIsAddedBetweenTheLookAndTheHeadersDelete() {
    ConversationId one = engine.platform.conversation(10);
    Census before = engine.platform.census();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeDelete(
                records -> {
                  if (records.getFirst().recordKey().equals("SESSION")) {
                    engine.platform.append(one, "MESSAGE#late", Instant.EPOCH);
                  }
                });
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(11));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void countsALateRecordThoughItsWorkerDiesRightAfterDeletingIt() {
    ConversationId one = engine.platform.conversation(10);
    Census before = engine.platform.census();
    engine.interception.before(
        "ConversationRecords.delete",
        1,
        () -> engine.platform.append(one, "MESSAGE#late", Instant.EPOCH));
    ConversationRecords real = engine.records;
    engine.records =
        new WatchedRecords(real)
            .afterDelete(
                records -> {
                  if (records.getFirst().recordKey().equals("MESSAGE#late")) {
                    engine.records = real;
                    throw new Killed();
                  }
                });
    DeletionJob job = engine.jobs.submit(one);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(engine.records).as("the worker died").isSameAs(real);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(11));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void waitsForAnOpenConversationWhoseYoungestRecordIsBeyondTheFirstPlan() {
    ConversationId open = engine.platform.conversation(2_600);
    engine.platform.append(open, "ZZZ#just-now", engine.time.instant().minusSeconds(60));
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(open);

    engine.run();

    assertThat(engine.jobs.outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    engine.platform.assertExactly(before);

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(1).deleted(1).records(2_601));
    engine.platform.assertExactly(before, open);
  }

  @Test
  void finishesWhatWasBegunThoughItHasBecomeOpenAgain() {
    ConversationId stuck = engine.platform.conversation(10);
    Census before = engine.platform.census();
    DeletionJob job = engine.runStuck("TAG", stuck);
    openAgainOnceDue(stuck, job);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(11));
    engine.platform.assertExactly(before, stuck);
  }

  @Test
  void finishesWhatWasBegunAndBecameOpenAgainBeforeItsJobIsCancelled() {
    ConversationId stuck = engine.platform.conversation(10);
    Census before = engine.platform.census();
    DeletionJob job = engine.runStuck("TAG", stuck);
    engine.jobs.cancel(job);
    openAgainOnceDue(stuck, job);

    engine.runUntilClosed(job);

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(11));
    engine.platform.assertExactly(before, stuck);
  }

  private void openAgainOnceDue(ConversationId conversation, DeletionJob job) {
    engine.time.advanceTo(engine.jobs.state(job).scheduledAt().plusSeconds(60));
    engine.platform.append(conversation, "MESSAGE#again", engine.time.instant().minusSeconds(30));
  }

  @Test
  void deletesTheSessionHeaderAfterTheRecordsThatWereAddedLate() {
    ConversationId one = engine.platform.conversation(10);
    Census before = engine.platform.census();
    List<List<String>> requests = new ArrayList<>();
    engine.records =
        new WatchedRecords(engine.records)
            .beforeDelete(
                records -> {
                  if (requests.isEmpty()) {
                    engine.platform.append(one, "MESSAGE#late", Instant.EPOCH);
                  }
                  requests.add(records.stream().map(RecordId::recordKey).toList());
                });
    engine.jobs.submit(one);

    engine.run();

    assertThat(requests.subList(1, requests.size()))
        .containsExactly(List.of("MESSAGE#late"), List.of("SESSION"));
    engine.platform.assertExactly(before, one);
  }
}
