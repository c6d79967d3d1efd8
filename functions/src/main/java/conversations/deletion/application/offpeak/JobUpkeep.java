package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.JobSweeps.SweepableJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.Map;

/**
 * What a run does for jobs that no message named. Its failures are logged, and stop nothing else in
 * the run.
 *
 * <p>Safe for use by several threads, and by several functions at once.
 */
public final class JobUpkeep {

  private static final int SWEEP_LIMIT = 100;
  private static final int FORGET_LIMIT = 25;

  private final JobSweeps sweeps;
  private final JobChunks chunks;
  private final JobQueue queue;
  private final EngineSettings settings;
  private final Clocks clocks;
  private final OperatorLog log;

  public JobUpkeep(
      JobSweeps sweeps,
      JobChunks chunks,
      JobQueue queue,
      EngineSettings settings,
      Clocks clocks,
      OperatorLog log) {
    this.sweeps = sweeps;
    this.chunks = chunks;
    this.queue = queue;
    this.settings = settings;
    this.clocks = clocks;
    this.log = log;
  }

  /** Sweeps, then forgets. */
  void run(RunTally tally) {
    attempt("sweep_failed", () -> sweep(tally));
    attempt("forgetting_failed", this::forget);
  }

  /**
   * Finds the jobs whose message should have been received by now, and sends each message again.
   */
  private void sweep(RunTally tally) {
    Instant now = clocks.now();
    for (SweepableJob overdue : sweeps.toSweep(now, SWEEP_LIMIT)) {
      if (sweeps.putOffSweep(overdue, now.plus(settings.sweepGrace()))) {
        queue.send(overdue.job());
        tally.countSwept();
        log.info("job_swept", OperatorLog.of(overdue.job()));
      }
    }
  }

  /**
   * Makes each job that ended long enough ago forget whom and what it was about. The conversations
   * go first. The channel user goes last, and with it the mark that the job is still to be
   * forgotten.
   */
  private void forget() {
    for (JobRef ended : sweeps.toForget(clocks.now(), FORGET_LIMIT)) {
      try {
        chunks.deleteAll(ended.job());
        sweeps.forget(ended, clocks.now());
        log.info("job_forgotten", OperatorLog.of(ended));
      } catch (RuntimeException e) {
        log.warn("job_not_forgotten", OperatorLog.of(ended), e);
      }
    }
  }

  private void attempt(String failure, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error(failure, Map.of(), e);
    }
  }
}
