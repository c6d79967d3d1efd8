package conversations.deletion.simulation;

import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.JobRef;
import java.time.Instant;

/**
 * The lease that a worker got last.
 *
 * @param end when it ends, reckoned from before the call that got or renewed it
 */
record WorkerLease(JobRef job, long fence, Instant end) {

  static WorkerLease of(LeasedJob leased, Instant end) {
    return new WorkerLease(leased.job().ref(), leased.fence(), end);
  }
}
