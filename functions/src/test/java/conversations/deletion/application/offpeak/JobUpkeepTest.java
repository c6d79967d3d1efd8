package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryChunks;
import conversations.deletion.simulation.MemoryJobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobUpkeepTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final ClientAppId APP = new ClientAppId("app-1");

  private final MemoryChunks chunks = new MemoryChunks();
  private final MemoryJobs jobs = new MemoryJobs(chunks, Duration.ofDays(90), () -> NOW, Lags.NONE);
  private final List<JobRef> sent = new ArrayList<>();
  private final JobUpkeep upkeep =
      new JobUpkeep(
          jobs,
          chunks,
          sent::add,
          EngineSettings.of(new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC), _ -> {}),
          new Clocks(() -> NOW, () -> 0, _ -> {}),
          new RecordedLog());

  /** The messages of many jobs were lost, those of one bot first. */
  @Test
  void botsTakeTurnsWhenTheirJobsAreSwept() {
    for (int number = 0; number < 1_500; number++) {
      lose(new BotId("st-many"), number, Duration.ofDays(1));
    }
    lose(new BotId("st-one"), 1, Duration.ofMinutes(1));
    lose(new BotId("st-two"), 1, Duration.ofMinutes(1));
    lose(new BotId("st-two"), 2, Duration.ofMinutes(1));

    upkeep.sweep(new RunTally(new MetricSums(_ -> {})));

    assertThat(sent).hasSize(100);
    assertThat(sent.stream().map(job -> job.bot().value()).limit(5))
        .containsExactly("st-many", "st-one", "st-two", "st-many", "st-two");
  }

  private void lose(BotId bot, int number, Duration ago) {
    DeletionJob job =
        new DeletionJob(
            bot,
            JobId.of(bot, APP, Integer.toString(number)),
            APP,
            new ListedConversations(),
            NOW.minus(ago),
            JobState.submitted(NOW.minus(ago), 0),
            Optional.empty(),
            Terms.NONE);
    jobs.submit(job, List.of(), ChangeLogEntry.submitted(job), NOW.minus(ago));
  }
}
