package conversations.deletion.config;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.mail.NotifyOwner;
import conversations.deletion.application.offpeak.ConversationEraser;
import conversations.deletion.application.offpeak.ConversationReader;
import conversations.deletion.application.offpeak.Discovery;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.JobUpkeep;
import conversations.deletion.application.offpeak.JobWorker;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.offpeak.TakeJobs;
import conversations.deletion.application.offpeak.Telemetry;
import conversations.deletion.application.pool.RecordDeleter;
import java.time.Duration;
import java.util.function.IntFunction;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Puts the off-peak engine together, with AWS behind its ports or with what a test or a benchmark
 * uses instead.
 */
public final class EngineWiring {

  /** How long the engine waits after a record's n-th failed delete, n from 1. */
  public static final IntFunction<Duration> DELETE_BACKOFF =
      Backoffs.afterAttempt(
          BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofSeconds(2)));

  private EngineWiring() {}

  /**
   * The engine.
   *
   * @param backoff how long to wait after a record's n-th failed delete, n from 1
   */
  public static RunOffPeakDeletions runOffPeakDeletions(
      EnginePorts ports,
      EngineSettings settings,
      IntFunction<Duration> backoff,
      Clocks clocks,
      Telemetry telemetry) {
    ConversationReader reader = new ConversationReader(ports.records(), clocks.wall());
    ConversationEraser eraser =
        new ConversationEraser(
            reader,
            new RecordDeleter(ports.records(), settings.pool(backoff), clocks, telemetry.metrics()),
            settings);
    JobWorker worker =
        new JobWorker(
            ports.jobs().chunks(),
            eraser,
            new Discovery(ports.records(), reader, eraser, settings, clocks),
            new NotifyOwner(ports.bots(), ports.mail(), clocks.wall(), telemetry.log()),
            settings,
            clocks,
            telemetry);
    return new RunOffPeakDeletions(
        ports.messages(),
        new TakeJobs(
            ports.jobs().leases(),
            ports.queue(),
            ports.messages(),
            settings,
            clocks,
            telemetry.log()),
        new JobUpkeep(
            ports.jobs().sweeps(),
            ports.jobs().chunks(),
            ports.queue(),
            settings,
            clocks,
            telemetry.log()),
        worker,
        settings,
        clocks,
        telemetry);
  }
}
