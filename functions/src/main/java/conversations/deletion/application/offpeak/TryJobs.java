package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Has leased jobs worked on, and decides what a try that failed means for its job.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An outage is not the job's fault: a try that failed for a reason outside the job costs it
 *       nothing. It is made again soon, and for days.
 *   <li>A job is given up only right after a try that failed: after too many for a reason of its
 *       own, or after one for another reason, if for days nobody got on with the job.
 *   <li>A worker that does not know whether its last write took effect ends nothing.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public final class TryJobs {

  /**
   * A job goes on at most this much later than what held it up, and the next run's start. Until
   * then each try costs a lease and a read.
   */
  static final Duration AFTER_AN_OUTAGE = Duration.ofMinutes(2);

  /**
   * How often the end of a hopeless job is tried with its stored chunks. After that, the job ends
   * with the counts that are stored with the job itself.
   */
  private static final int TRIES_TO_END = 3;

  private final JobWorker worker;
  private final EndJobs endJobs;
  private final Outages outages;
  private final EngineSettings settings;
  private final Clocks clocks;
  private final OperatorLog log;

  public TryJobs(
      JobWorker worker,
      EndJobs endJobs,
      Outages outages,
      EngineSettings settings,
      Clocks clocks,
      OperatorLog log) {
    this.worker = worker;
    this.endJobs = endJobs;
    this.outages = outages;
    this.settings = settings;
    this.clocks = clocks;
    this.log = log;
  }

  /** Works on a job and gives it back. A failure of one job stops nothing else. */
  void work(HeldLease lease, RunTally tally) {
    Counts before = lease.state().counts();
    try {
      tryOnce(lease, tally);
    } catch (LeaseLostException e) {
      log.warn("lease_lost", OperatorLog.of(lease.job().ref()), e);
    } catch (RuntimeException e) {
      log.warn("job_not_given_back", OperatorLog.of(lease.job().ref()), e);
    }
    tally.countWork(before, lease.state());
  }

  private void tryOnce(HeldLease lease, RunTally tally) {
    try {
      worker.work(lease);
    } catch (LeaseLostException e) {
      throw e;
    } catch (RuntimeException e) {
      tally.countInterrupted();
      boolean isOutside = outages.isOutside(e) || e instanceof OutOfTimeException;
      log.error(
          "job_interrupted",
          OperatorLog.of(lease.job().ref(), Map.of("cause", isOutside ? "outside" : "job")),
          e);
      if (isOutside) {
        failedOutside(lease);
      } else {
        failedByItself(lease);
      }
    }
  }

  private void failedOutside(HeldLease lease) {
    if (mayEnd(lease) && endJobs.isStuck(lease) && hasEnded(lease, Reason.UNAVAILABLE)) {
      return;
    }
    lease.giveUp(clocks.now().plus(AFTER_AN_OUTAGE), Optional.empty());
  }

  private void failedByItself(HeldLease lease) {
    int failures = lease.state().ownFailures() + 1;
    int tooMany = failures - settings.maxOwnFailures();
    if (mayEnd(lease) && tooMany >= 0) {
      if (hasEnded(lease, Reason.NO_PROGRESS)) {
        return;
      }
      if (mayEnd(lease) && tooMany >= TRIES_TO_END) {
        endJobs.endUnread(lease);
        return;
      }
    }
    Instant due = clocks.now().plus(LaterAttempt.delayAfter(failures));
    lease.giveUp(due, Optional.of(failures));
  }

  private static boolean mayEnd(HeldLease lease) {
    return lease.isStateKnown() && !lease.state().status().isEnd();
  }

  /** Tries to end a job that nobody gets on with. */
  private boolean hasEnded(HeldLease lease, Reason reason) {
    try {
      endJobs.endUndone(lease, reason);
      return true;
    } catch (LeaseLostException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("job_not_ended", OperatorLog.of(lease.job().ref()), e);
      return false;
    }
  }
}
