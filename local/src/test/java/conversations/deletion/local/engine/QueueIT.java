package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.offpeak.RunSummary;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Every job ends, even if messages get lost or repeated, and no job blocks another. */
class QueueIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void findsAJobWhoseMessageWasLost() {
    ConversationId one = engine.platform.conversation(3);
    DeletionJob job = engine.jobs.submit(one);
    engine.queue.lose();

    assertThat(engine.run().jobsWorkedOn()).isZero();
    engine.time.advance(Duration.ofMinutes(16));
    RunSummary summary = engine.run();

    assertThat(summary.jobsSwept()).isEqualTo(1);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void worksOnAJobOnceHoweverOftenItsMessageComes() {
    ConversationId one = engine.platform.conversation(3);
    DeletionJob job = engine.jobs.submit(one);
    engine.jobs.queue().send(job.ref());
    engine.jobs.queue().send(job.ref());

    RunSummary summary = engine.run();

    assertThat(summary.jobsWorkedOn()).isEqualTo(1);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    assertThat(engine.mails).hasSize(1);
    assertThat(engine.queue.waiting()).isZero();
  }

  @Test
  void movesForeignMessagesToTheDeadLetterQueueAndWorksOn() {
    engine.queue.send("not even JSON");
    engine.queue.send(
        "{\"botId\":\"st-1\",\"jobId\":\"cdj-00000000-0000-0000-0000-000000000000\"}");
    ConversationId one = engine.platform.conversation(3);
    DeletionJob job = engine.jobs.submit(one);

    RunSummary summary = engine.run();

    assertThat(summary.messagesRejected()).isEqualTo(2);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.queue.deadLetters())
        .containsExactlyInAnyOrder("not_a_deletion_job", "unknown_deletion_job");
  }

  @Test
  void keepsItsMessageFromOthersForAsLongAsItWorks() {
    engine.records =
        WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(10), new ArrayList<>());
    engine.deleteConcurrency = 1;
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(300));

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.interception.calls()).contains("JobMessages.extend");
  }

  @Test
  void oneUnreadableJobStopsNoOther() {
    DeletionJob odd = engine.jobs.submit(engine.platform.conversation(3));
    engine.queue.lose();
    engine.jobsByHand.set(odd, "sweepAt", "2026-01-01");
    engine.jobsByHand.set(odd, "submittedAt", "yesterday");
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    engine.run();
    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void endsAJobWhoseConversationsCannotBeRead() {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.jobsByHand.spoilChunk(job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void endsAJobThatNobodyEverGetsOnWith() {
    ConversationId poison = engine.platform.conversation(3);
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  throw new IllegalStateException("cannot be read");
                });
    DeletionJob job = engine.jobs.submit(poison);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.jobs.outcome(job, poison).reason()).contains(Reason.NO_PROGRESS);
    assertThatThrownBy(() -> engine.records.read(null, null, null, 0, null))
        .isInstanceOf(IllegalStateException.class);
  }
}
