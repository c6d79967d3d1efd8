package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.concurrent.Parallel;
import conversations.deletion.application.offpeak.TakeJobs.Taken;
import conversations.deletion.application.port.HoldLooks;
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
  private final Waiting waiting;
  private final TryJobs tryJobs;
  private final EngineSettings settings;
  private final Clocks clocks;
  private final OperatorLog log;
  private final MetricSums metrics;

  /**
   * What a run needs for holds.
   *
   * @param looks tells what is held
   * @param resume has the jobs that wait for holds picked up again
   * @param inHand the conversations that are in work
   */
  public record Waiting(HoldLooks looks, ResumeJobs resume, InHand inHand) {}

  public RunOffPeakDeletions(
      JobMessages messages,
      TakeJobs takeJobs,
      JobUpkeep upkeep,
      Waiting waiting,
      TryJobs tryJobs,
      EngineSettings settings,
      Clocks clocks,
      Telemetry telemetry) {
    this.messages = messages;
    this.takeJobs = takeJobs;
    this.upkeep = upkeep;
    this.waiting = waiting;
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
      RunTime time = new RunTime(settings.window(), clocks, functionTime);
      RunHolds holds =
          new RunHolds(waiting.looks(), time, waiting.inHand(), settings.readConcurrency());
      takeJobs(new Run(time, holds), tally);
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

  private void takeJobs(Run run, RunTally tally) {
    RunTime time = run.time();
    if (hasTime(time)) {
      upkeep.sweep(tally);
      waiting.resume().resume(time);
    }
    Optional<Message> first = receive(time);
    if (first.isPresent()) {
      Parallel.onVirtualThread(() -> handleAll(first, run, tally));
    }
    upkeep.forget(time);
  }

  private void handleAll(Optional<Message> first, Run run, RunTally tally) {
    try (Lanes lanes = new Lanes(settings.jobsAtOnce())) {
      for (Optional<Message> next = first; next.isPresent(); next = receive(run.time())) {
        Message message = next.get();
        lanes.run(() -> handle(message, run, tally));
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

  private void handle(Message message, Run run, RunTally tally) {
    switch (message) {
      case ForeignMessage foreign -> reject(foreign, "not_a_deletion_job", tally);
      case JobMessage named -> {
        try {
          handle(named, run, tally);
        } catch (RuntimeException e) {
          log.warn("job_not_leased", OperatorLog.of(named.job()), e);
          if (tally.countFailedLease() == MAX_FAILED_LEASES) {
            throw e;
          }
        }
      }
    }
  }

  private void handle(JobMessage message, Run run, RunTally tally) {
    switch (takeJobs.take(message, run)) {
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
