package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.offpeak.RunSummary;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void oneMessageThatCannotBeSentAgainKeepsBackNoOther() {
    DeletionJob one = engine.jobs.submit(engine.platform.conversation(3));
    DeletionJob other = engine.jobs.submit(engine.platform.conversation(3));
    engine.queue.lose();
    engine.time.advance(Duration.ofMinutes(16));
    engine.interception.before(
        "JobQueue.send",
        1,
        () -> {
          throw new IllegalStateException("the queue fails");
        });

    assertThat(engine.run().jobsSwept()).isEqualTo(1);
    assertThat(List.of(engine.jobs.state(one).status(), engine.jobs.state(other).status()))
        .containsExactlyInAnyOrder(JobStatus.QUEUED, JobStatus.COMPLETED);
    engine.time.advance(Engine.SWEEP_GRACE.plusMinutes(1));
    engine.run();

    assertThat(engine.jobs.state(one).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.state(other).status()).isEqualTo(JobStatus.COMPLETED);
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
  void aJobWithAnUnknownStatusEndsAsPoison() {
    ConversationId one = engine.platform.conversation(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);
    engine.jobsByHand.set(job, "status", "on_ice");

    runAgain(job, 9);
    assertThat(engine.jobsByHand.get(job, "status")).as("nine tries later").isEqualTo("on_ice");
    runAgain(job, 1);

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.jobs.state(job).isClosed()).isTrue();
    assertThat(engine.jobs.outcome(job, one).reason()).contains(Reason.NO_PROGRESS);
    assertThat(engine.jobs.changeLog().getFirst()).contains("failed");
    assertThat(engine.mails).hasSize(1);
    engine.platform.assertExactly(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "appId",
        "submittedAt",
        "requestType",
        "scheduledAt",
        "totalConversations",
        "round"
      })
  void aJobOfWhichAnAttributeCannotBeReadEndsAsPoison(String attribute) {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    Census before = engine.platform.census();
    engine.jobsByHand.set(job, attribute, "?");

    // Without the moment of its submission its chunks can't be told from those of another one.
    runAgain(job, 13);

    assertThat(engine.jobsByHand.get(job, "status")).isEqualTo("failed");
    assertThat(engine.mails).hasSize(1);
    engine.platform.assertExactly(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"leaseUntil", "openGroup"})
  void aJobOfWhichNobodyCanTellThatItIsFreeIsTaken(String attribute) {
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));
    engine.jobsByHand.set(job, attribute, "?");

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void unreadableJobsDoNotEndTheRun() {
    List<DeletionJob> odd = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      odd.add(engine.jobs.submit(engine.platform.conversation(1)));
    }
    odd.forEach(one -> engine.jobsByHand.set(one, "status", "on_ice"));
    DeletionJob job = engine.jobs.submit(engine.platform.conversation(3));

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  /** Runs this often, each time once the job is due. */
  private void runAgain(DeletionJob job, int times) {
    for (int i = 0; i < times; i++) {
      engine.jobsByHand.nextSweep(job).ifPresent(engine.time::advanceTo);
      engine.run();
    }
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
