package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.mail.CompletionEmails;
import conversations.deletion.application.mail.NotifyOwner;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndJobsTest {

  private static final Instant NOW = Instant.parse("2026-05-08T20:01:12.618Z");

  private final RecordedLog log = new RecordedLog();

  /** A job may fail before it found anything: then no conversation has failed. */
  @ParameterizedTest
  @CsvSource({
    "FAILED, 0, error",
    "FAILED, 1, error",
    "PARTIALLY_COMPLETED, 0, error",
    "PARTIALLY_COMPLETED, 1, error",
    "COMPLETED, 0, info"
  })
  void logsAnEndAsItsStatusSaysWithAllThatWasDeletedAndRetained(
      JobStatus status, long failed, String level) {
    DeletionJob job = Jobs.queued(new BotId("st-1"), 1, NOW);
    OneJob one = new OneJob(job, List.of(new ConversationId("c-1")));
    NotifyOwner notifyOwner =
        new NotifyOwner(
            new CompletionEmails(
                _ -> Optional.empty(), _ -> Optional.empty(), Duration.ZERO, false),
            (_, _) -> 19,
            _ -> {},
            Duration.ofDays(14),
            one.clocks.wall(),
            log,
            (_, _) -> {});

    Telemetry telemetry = new Telemetry(log, new MetricSums(_ -> {}));
    new EndJobs(
            one.chunks,
            new TellOwner(
                notifyOwner, (_, _) -> List.of(), one.jobs, one.settings, one.clocks, telemetry),
            one.settings,
            one.clocks,
            telemetry)
        .end(one.lease(), new Counts(failed, 0, failed, 0, 0, 24, 12, 0, 0), status);

    assertThat(log.lines())
        .filteredOn(line -> line.event().equals("job_ended"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo(level);
              assertThat(line.fields())
                  .extracting("recordsDeleted", "attachmentsDeleted", "recordsRetained")
                  .containsExactly(0L, 24L, 12L);
            });
  }
}
