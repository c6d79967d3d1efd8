package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.RunOffPeakDeletions.RunSummary;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to messages, every job ends, and no job is in the way of another. */
class QueueIT {

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
  void findsAJobWhoseMessageWasLost() {
    ConversationId one = engine.conversation(3);
    DeletionJob job = engine.submit(one);
    engine.loseMessages();

    assertThat(engine.run().jobsWorkedOn()).isZero();
    engine.time.advance(Duration.ofMinutes(16));
    RunSummary summary = engine.run();

    assertThat(summary.jobsSwept()).isEqualTo(1);
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void worksOnAJobOnceHoweverOftenItsMessageComes() {
    ConversationId one = engine.conversation(3);
    DeletionJob job = engine.submit(one);
    engine.queue().send(job.ref());
    engine.queue().send(job.ref());

    RunSummary summary = engine.run();

    assertThat(summary.jobsWorkedOn()).isEqualTo(1);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 3));
    assertThat(engine.mails).hasSize(1);
    assertThat(engine.waitingMessages()).isZero();
  }

  @Test
  void movesForeignMessagesToTheDeadLetterQueueAndWorksOn() {
    engine.sendRaw("not even JSON");
    engine.sendRaw("{\"botId\":\"st-1\",\"jobId\":\"cdj-00000000-0000-0000-0000-000000000000\"}");
    ConversationId one = engine.conversation(3);
    DeletionJob job = engine.submit(one);

    RunSummary summary = engine.run();

    assertThat(summary.messagesRejected()).isEqualTo(2);
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.deadLetters())
        .containsExactlyInAnyOrder("not_a_deletion_job", "unknown_deletion_job");
  }

  @Test
  void keepsItsMessageFromOthersForAsLongAsItWorks() {
    engine.records =
        WatchedRecords.withDeletesOf(engine, Duration.ofSeconds(10), new ArrayList<>());
    engine.deleteConcurrency = 1;
    DeletionJob job = engine.submit(engine.conversation(300));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.interception.calls()).contains("JobMessages.extend");
  }

  @Test
  void oneUnreadableJobStopsNoOther() {
    DeletionJob odd = engine.submit(engine.conversation(3));
    engine.loseMessages();
    engine.setOnJob(odd, "sweepAt", "2026-01-01");
    engine.setOnJob(odd, "submittedAt", "yesterday");
    DeletionJob job = engine.submit(engine.conversation(3));

    engine.run();
    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void endsAJobWhoseConversationsCannotBeRead() {
    DeletionJob job = engine.submit(engine.conversation(3));
    engine.spoilChunk(job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void endsAJobThatNobodyEverGetsOnWith() {
    ConversationId poison = engine.conversation(3);
    engine.records =
        new WatchedRecords(engine.records)
            .beforeRead(
                _ -> {
                  throw new IllegalStateException("cannot be read");
                });
    DeletionJob job = engine.submit(poison);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.outcome(job, poison).reason()).contains(Reason.NO_PROGRESS);
    assertThatThrownBy(() -> engine.records.read(null, null, null, 0, null))
        .isInstanceOf(IllegalStateException.class);
  }
}
