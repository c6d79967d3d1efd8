package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The sums of what runs report are the counts of the jobs. */
class MetricsIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void ofAJobThatIsTakenOverAddUpToItsCounts() {
    AwsPeer.require(Capability.WRITE_UNITS);
    DeletionJob job =
        engine.jobs.submit(engine.platform.conversation(300), engine.platform.conversation(5));
    ConversationRecords real = engine.records;
    AtomicInteger requests = new AtomicInteger();
    engine.deleteConcurrency = 1;
    engine.records =
        new WatchedRecords(real)
            .afterDelete(
                _ -> {
                  if (requests.incrementAndGet() == 3) {
                    engine.records = real;
                    throw new Killed();
                  }
                });

    engine.runUntilClosed(job);

    assertThat(engine.records).as("the first worker died").isSameAs(real);
    assertThat(engine.reported.remove(Metric.READ_UNITS_CONSUMED)).isPositive();
    assertThat(engine.reported)
        .as("a write unit for each record, and for each header's index entry")
        .isEqualTo(
            Map.of(
                Metric.WRITE_UNITS_CONSUMED, 307L,
                Metric.JOBS_STARTED, 1L,
                Metric.JOBS_SWEPT, 1L,
                Metric.JOBS_COMPLETED, 1L,
                Metric.RECORDS_DELETED, 305L,
                Metric.CONVERSATIONS_DELETED, 2L,
                Metric.OWNER_MAILS_SENT, 1L));
  }

  @Test
  void tellAPartialEndAndWhatWasSentAgainInVain() {
    ConversationId stuck = engine.platform.conversation(3);
    ConversationRecords real = engine.records;
    AtomicInteger sent = new AtomicInteger();
    engine.records =
        new RecordsDecorator(new RefusingRecords(real, stuck, "")) {
          @Override
          public DeleteAnswer delete(List<RecordId> records) {
            return sent.getAndIncrement() == 0
                ? DeleteAnswer.ofNone(records)
                : super.delete(records);
          }
        };
    DeletionJob job = engine.jobs.submit(stuck, engine.platform.conversation(4));

    engine.runUntilClosed(job);

    assertThat(engine.reported)
        .containsEntry(Metric.JOBS_PARTIALLY_COMPLETED, 1L)
        .containsEntry(Metric.RECORDS_DELETED, 4L)
        .containsEntry(Metric.CONVERSATIONS_DELETED, 1L)
        .doesNotContainKeys(Metric.JOBS_COMPLETED, Metric.JOBS_FAILED);
    assertThat(engine.reported.get(Metric.DELETES_THROTTLED)).isPositive();
  }

  @Test
  void tellWhatWasDeletedSinceTheLastCheckpointOfAJobThatIsPutOff() {
    engine.checkpointInterval = Duration.ofHours(1);

    engine.runStuck("", engine.platform.conversation(3), engine.platform.conversation(4));

    assertThat(engine.reported)
        .containsEntry(Metric.RECORDS_DELETED, 4L)
        .containsEntry(Metric.CONVERSATIONS_DELETED, 1L);
  }

  @Test
  void tellHowItStandsWithTheOwnersMail() {
    engine.mail =
        _ -> {
          throw new MailFailedException("Throttling", null);
        };
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.run();
    assertThat(engine.reported).containsEntry(Metric.OWNER_MAILS_FAILED, 1L);
    engine.mail =
        _ -> {
          throw new UndeliverableException("MessageRejected", null);
        };

    engine.runUntilClosed(job);

    assertThat(engine.reported)
        .containsEntry(Metric.OWNER_MAILS_UNDELIVERABLE, 1L)
        .containsEntry(Metric.JOBS_COMPLETED, 1L)
        .doesNotContainKey(Metric.OWNER_MAILS_SENT);
  }

  @Test
  void tellWhatWentWrongWithJobsAndMessages() {
    engine.queue.send("not even JSON");
    ConversationRecords real = engine.records;
    engine.records =
        new WatchedRecords(real)
            .beforeRead(
                _ -> {
                  throw new IllegalStateException("cannot be read");
                });
    engine.jobs.submit(engine.platform.conversation(3));

    engine.run();
    engine.records = real;
    engine.jobs.submit(engine.platform.conversation(3));
    engine.queue.lose();
    engine.time.advance(Engine.SWEEP_GRACE.plus(Duration.ofMinutes(1)));
    engine.run();

    assertThat(engine.reported)
        .containsEntry(Metric.MESSAGES_REJECTED, 1L)
        .containsEntry(Metric.JOBS_INTERRUPTED, 1L)
        .containsEntry(Metric.JOBS_STARTED, 2L)
        .containsEntry(Metric.JOBS_SWEPT, 2L)
        .containsEntry(Metric.JOBS_COMPLETED, 2L);
  }
}
