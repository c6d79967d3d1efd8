package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OnHold;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Has a job wait of which nothing is left to do but what holds keep. */
record WaitForHolds(Clocks clocks, OperatorLog log) {

  /**
   * Gives the job back until its bot's holds change. Its owner is told once, unless only
   * confidential holds keep anything.
   *
   * @param nextWindow when it is due at the earliest
   */
  void wait(JobProgress progress, Instant nextWindow) {
    HeldLease lease = progress.lease();
    Instant now = clocks.now();
    JobState state = lease.state().with(progress.counts());
    Optional<OnHold> before = state.onHold();
    boolean wasTold = before.filter(OnHold::isTold).isPresent();
    boolean isToBeTold = state.counts().held() > 0 && !wasTold;
    OnHold hold =
        new OnHold(
            before.map(OnHold::since).orElse(now),
            wasTold || isToBeTold,
            progress.remaining().holds());
    JobState waiting = state.waitingForHolds(nextWindow, hold);
    if (before.isEmpty()) {
      progress.keepChunks();
    }
    lease.putOnHold(
        waiting,
        progress.remaining().holdsSeen(),
        isToBeTold
            ? Optional.of(ChangeLogEntry.onHold(lease.job().with(waiting), now))
            : Optional.empty());
    log.info(
        "job_on_hold",
        OperatorLog.of(
            lease.job().ref(),
            Map.of("held", waiting.counts().held() + waiting.counts().heldInConfidence())));
  }
}
