package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSweeps;
import conversations.deletion.application.port.JobSweeps.WaitingJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.HoldsOfBot;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Has jobs that wait for holds picked up again, once their bot's holds have changed. It looks once
 * in each window, however many runs that has. A failure is logged, and the next run looks.
 *
 * <p>Safe for use by several threads, and by several functions at once.
 */
public final class ResumeJobs {

  private final JobSweeps sweeps;
  private final HoldLooks looks;
  private final JobQueue queue;
  private final EngineSettings settings;
  private final OperatorLog log;
  private final AtomicReference<Optional<Instant>> lookedUntil =
      new AtomicReference<>(Optional.empty());

  public ResumeJobs(
      JobSweeps sweeps, HoldLooks looks, JobQueue queue, EngineSettings settings, OperatorLog log) {
    this.sweeps = sweeps;
    this.looks = looks;
    this.queue = queue;
    this.settings = settings;
    this.log = log;
  }

  /** Looks at the jobs that wait, if that was not yet done in this window. */
  void resume(RunTime time) {
    Optional<Instant> nextWindow = Optional.of(settings.window().openingOfNextWindow(time.now()));
    if (lookedUntil.get().equals(nextWindow)) {
      return;
    }
    try {
      if (areAllLookedAt(time)) {
        lookedUntil.set(nextWindow);
      }
    } catch (RuntimeException e) {
      log.error("resuming_failed", Map.of(), e);
    }
  }

  private boolean areAllLookedAt(RunTime time) {
    Optional<BotId> bot = Optional.empty();
    HoldsOfBot holds = HoldsOfBot.NONE;
    for (Iterator<WaitingJob> all = sweeps.onHold().iterator(); all.hasNext(); ) {
      if (time.left().compareTo(settings.deleteReserve()) <= 0) {
        return false;
      }
      WaitingJob waiting = all.next();
      Optional<BotId> itsBot = Optional.of(waiting.job().bot());
      if (!itsBot.equals(bot)) {
        bot = itsBot;
        holds = looks.find(waiting.job().bot());
      }
      if (waiting.holdsSeen() == 0 || waiting.holdsSeen() != holds.version()) {
        resume(waiting, time.now());
      }
    }
    return true;
  }

  private void resume(WaitingJob waiting, Instant now) {
    if (sweeps.resume(waiting, now, now.plus(settings.sweepGrace()))) {
      queue.send(waiting.job());
      log.info("job_resumed", OperatorLog.of(waiting.job()));
    }
  }
}
