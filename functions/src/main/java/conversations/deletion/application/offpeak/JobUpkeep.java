package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.JobSweeps.SweepableJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run does for jobs that no message named. Its failures are logged, and stop nothing else in
 * the run.
 *
 * <p>Safe for use by several threads, and by several functions at once.
 */
public final class JobUpkeep {

  private static final int SWEEP_LIMIT = 100;

  /** Among so many overdue jobs bots take turns. They take ten bots that have all they may have. */
  private static final int LOOKED_AT = 10_000;

  /** If this many jobs can't be swept, the cause is not in the jobs. */
  private static final int MAX_FAILED_SWEEPS = 3;

  /** If this many jobs in a row can't be forgotten, the cause is not in the jobs. */
  private static final int MAX_FAILED_IN_A_ROW = 25;

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

  /**
   * Finds the jobs whose message should have been received by now, and sends each message again.
   */
  void sweep(RunTally tally) {
    attempt("sweep_failed", () -> sweepAll(tally));
  }

  private void sweepAll(RunTally tally) {
    Instant now = clocks.now();
    int failed = 0;
    for (SweepableJob overdue : inTurns(sweeps.toSweep(now, LOOKED_AT))) {
      try {
        sweep(overdue, now, tally);
      } catch (RuntimeException e) {
        log.warn("job_not_swept", OperatorLog.of(overdue.job()), e);
        if (++failed == MAX_FAILED_SWEEPS) {
          throw e;
        }
      }
    }
  }

  /** The jobs to sweep: of each bot the most overdue one, then of each bot the next one. */
  private static List<SweepableJob> inTurns(List<SweepableJob> overdue) {
    Map<BotId, Deque<SweepableJob>> waiting = new LinkedHashMap<>();
    for (SweepableJob job : overdue) {
      waiting.computeIfAbsent(job.job().bot(), _ -> new ArrayDeque<>()).add(job);
    }
    List<SweepableJob> turns = new ArrayList<>();
    while (!waiting.isEmpty() && turns.size() < SWEEP_LIMIT) {
      waiting.values().forEach(ofOneBot -> turns.add(ofOneBot.remove()));
      waiting.values().removeIf(Deque::isEmpty);
    }
    return turns.subList(0, Math.min(SWEEP_LIMIT, turns.size()));
  }

  private void sweep(SweepableJob overdue, Instant now, RunTally tally) {
    if (sweeps.putOffSweep(overdue, now.plus(settings.sweepGrace()))) {
      queue.send(overdue.job());
      tally.countSwept();
      log.info("job_swept", OperatorLog.of(overdue.job()));
    }
  }

  /**
   * Makes the jobs that ended long enough ago forget whom and what they were about, as many as
   * there is time for.
   */
  void forget(RunTime time) {
    attempt("forgetting_failed", () -> forgetAll(time));
  }

  private void forgetAll(RunTime time) {
    Iterator<JobRef> ended = sweeps.toForget(clocks.now()).iterator();
    int failedInARow = 0;
    while (hasTime(time) && ended.hasNext()) {
      JobRef job = ended.next();
      try {
        forget(job);
        failedInARow = 0;
      } catch (RuntimeException e) {
        log.warn("job_not_forgotten", OperatorLog.of(job), e);
        if (++failedInARow == MAX_FAILED_IN_A_ROW) {
          throw e;
        }
      }
    }
  }

  /** To forget a job takes several calls, so it needs more time than one delete. */
  private boolean hasTime(RunTime time) {
    return time.left().compareTo(settings.deleteReserve().multipliedBy(2)) > 0;
  }

  /**
   * The conversations go first. The channel user goes last, and with it the mark that the job is
   * still to be forgotten.
   */
  private void forget(JobRef ended) {
    chunks.deleteAll(ended.job());
    sweeps.forget(ended, clocks.now());
    log.info("job_forgotten", OperatorLog.of(ended));
  }

  private void attempt(String failure, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error(failure, Map.of(), e);
    }
  }
}
