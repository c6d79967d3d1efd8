package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.offpeak.TakeJobs.Taken;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobMessages.ForeignMessage;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.application.port.JobMessages.Message;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes waiting jobs from the queue, a few at a time, and deletes what they ask for, until none
 * waits, the off-peak window closes or the function's time is up. In the time that is left, it
 * makes ended jobs forget.
 *
 * <p>Invariant: the job table is the truth and the queue only a hint. Every job that is not closed
 * has a moment at which a sweep looks at it. So a message may be lost, removed or repeated at any
 * point: no job is lost, and no job has two workers.
 *
 * <p>Safe for use by several threads, and by several functions at once.
 */
public final class RunOffPeakDeletions {

  /** A run that fails to lease this many jobs gives up: the cause is not in the messages. */
  private static final int MAX_FAILED_LEASES = 3;

  private final JobMessages messages;
  private final TakeJobs takeJobs;
  private final JobUpkeep upkeep;
  private final TryJobs tryJobs;
  private final EngineSettings settings;
  private final Clocks clocks;
  private final OperatorLog log;
  private final MetricSums metrics;

  public RunOffPeakDeletions(
      JobMessages messages,
      TakeJobs takeJobs,
      JobUpkeep upkeep,
      TryJobs tryJobs,
      EngineSettings settings,
      Clocks clocks,
      Telemetry telemetry) {
    this.messages = messages;
    this.takeJobs = takeJobs;
    this.upkeep = upkeep;
    this.tryJobs = tryJobs;
    this.settings = settings;
    this.clocks = clocks;
    this.log = telemetry.log();
    this.metrics = telemetry.metrics();
  }

  /**
   * Does one run.
   *
   * @param functionTime how long the run may take
   * @throws RuntimeException if no more jobs could be taken; it is logged
   */
  public RunSummary run(Duration functionTime) {
    long begun = clocks.nanos();
    RunTally tally = new RunTally(metrics);
    try {
      takeJobs(new RunTime(settings.window(), clocks, functionTime), tally);
    } catch (RuntimeException e) {
      log.error("run_failed", fields(summary(tally), begun), e);
      throw e;
    } finally {
      metrics.report();
    }
    RunSummary summary = summary(tally);
    log.info("run_ended", fields(summary, begun));
    return summary;
  }

  private RunSummary summary(RunTally tally) {
    return tally.summary(settings.window().isOpenAt(clocks.now()));
  }

  private Map<String, Object> fields(RunSummary summary, long begun) {
    Map<String, Object> fields = new LinkedHashMap<>(summary.asMap());
    fields.put("durationMillis", Duration.ofNanos(clocks.nanos() - begun).toMillis());
    return fields;
  }

  private void takeJobs(RunTime time, RunTally tally) {
    if (hasTime(time)) {
      upkeep.sweep(tally);
    }
    Optional<Message> first = receive(time);
    if (first.isPresent()) {
      Parallel.onVirtualThread(() -> handleAll(first, time, tally));
    }
    upkeep.forget(time);
  }

  private void handleAll(Optional<Message> first, RunTime time, RunTally tally) {
    try (Lanes lanes = new Lanes(settings.jobsAtOnce())) {
      for (Optional<Message> next = first; next.isPresent(); next = receive(time)) {
        Message message = next.get();
        lanes.run(() -> handle(message, time, tally));
        lanes.awaitFree();
      }
      lanes.join();
    }
  }

  private Optional<Message> receive(RunTime time) {
    return hasTime(time) ? messages.receive(settings.leaseTerm()) : Optional.empty();
  }

  private boolean hasTime(RunTime time) {
    return time.left().compareTo(settings.deleteReserve()) > 0;
  }

  private void handle(Message message, RunTime time, RunTally tally) {
    switch (message) {
      case ForeignMessage foreign -> reject(foreign, "not_a_deletion_job", tally);
      case JobMessage named -> {
        try {
          handle(named, time, tally);
        } catch (RuntimeException e) {
          log.warn("job_not_leased", OperatorLog.of(named.job()), e);
          if (tally.countFailedLease() == MAX_FAILED_LEASES) {
            throw e;
          }
        }
      }
    }
  }

  private void handle(JobMessage message, RunTime time, RunTally tally) {
    switch (takeJobs.take(message, time)) {
      case Taken.Held(HeldLease lease) -> {
        tryJobs.work(lease, tally);
        metrics.report();
      }
      case Taken.NothingToDo _ -> messages.remove(message);
      case Taken.UnknownJob _ -> reject(message, "unknown_deletion_job", tally);
    }
  }

  private void reject(Message message, String reason, RunTally tally) {
    messages.reject(message, reason);
    tally.countRejected();
    log.error("message_rejected", Map.of("messageId", message.id(), "reason", reason), null);
  }
}
