package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conversation to which its user wrote since it was read is not begun. */
class FreshnessIT {

  @AutoClose private final Engine engine = new Engine();

  private ConversationId first;
  private ConversationId second;
  private int deletes;

  @BeforeEach
  void writeTwoConversations() {
    engine.deleteConcurrency = 1;
    // Once a record was deleted, the next two conversations are read and planned together.
    first = engine.platform.conversation(3);
    second = engine.platform.conversation(60);
  }

  @Test
  void aConversationThatWaitedBehindSlowDeletesIsReadAgainBeforeItIsBegun() {
    ConversationId third = engine.platform.conversation(60);
    engine.records =
        new WatchedRecords(engine.records)
            .afterDelete(
                records -> {
                  if (records.getFirst().conversation().equals(second) && ++deletes <= 4) {
                    engine.time.advance(Duration.ofSeconds(40));
                    engine.platform.append(
                        third, "MESSAGE#answer#" + deletes, engine.time.instant());
                  }
                });
    DeletionJob job = engine.jobs.submit(first, second, third);

    engine.run();

    assertThat(deletes).isBetween(1, 4);
    assertWaitsUntouched(job, third);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(3).deleted(2).records(63));
    assertThat(records(third)).isEqualTo(60 + deletes);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().retries()).isEqualTo(Retries.initial());
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(3).deleted(3).records(63 + 60 + deletes));
  }

  @Test
  void aConversationThatWasPlannedAndUnsentAtTheRunsEndIsReadAgainTheNextNight() {
    Instant midnight = engine.time.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    engine.window = new OffPeakWindow(OffPeakHours.parse("0-4"), ZoneOffset.UTC);
    ConversationId third = engine.platform.conversation(60);
    Instant closing = midnight.plus(Duration.ofHours(5));
    engine.time.advanceTo(closing.minus(Duration.ofSeconds(30)));
    engine.records =
        new WatchedRecords(engine.records)
            .afterDelete(
                records -> {
                  if (records.getFirst().conversation().equals(second) && ++deletes == 1) {
                    engine.time.advance(Duration.ofSeconds(25));
                  }
                });
    DeletionJob job = engine.jobs.submit(first, second, third);

    engine.run();

    assertThat(engine.jobs.outcome(job, third).records().planned().size())
        .as("planned")
        .isEqualTo(60);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(records(third)).isEqualTo(60);

    Instant nextNight = engine.jobsByHand.nextSweep(job).orElseThrow();
    engine.platform.append(third, "MESSAGE#before", nextNight.minus(Duration.ofMinutes(20)));
    engine.time.advanceTo(nextNight);
    engine.run();

    assertWaitsUntouched(job, third);
    assertThat(records(third)).isEqualTo(61);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(3).deleted(3).records(124));
  }

  private int records(ConversationId conversation) {
    return engine.platform.census().records(engine.platform.key(conversation));
  }

  private void assertWaitsUntouched(DeletionJob job, ConversationId conversation) {
    JobConversation waiting = engine.jobs.outcome(job, conversation);
    assertThat(waiting.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(waiting.reason()).contains(Reason.STILL_OPEN);
    assertThat(waiting.isBegun()).isFalse();
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
  }
}
