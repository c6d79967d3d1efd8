package conversations.deletion.application.port;

import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The right to work on a job. One worker at a time has it. */
public interface JobLeases {

  /**
   * Takes the lease of a job that has work to do, and counts an attempt. For the term, no other
   * worker gets the lease. A worker that had it before can change nothing more on the job.
   *
   * @param now the moment by the wall clock; a job that is due later is not leased
   * @param term how long the lease holds if it is not renewed
   */
  LeaseResult lease(JobRef job, Instant now, Duration term);

  /**
   * Stores the state of a leased job, and the change-log entry with it, and renews the lease.
   *
   * @param until when the lease now ends
   * @return the lease with the new state, and with a request to cancel that came meanwhile
   * @throws LeaseLostException if another worker has taken the job over; nothing was changed then
   */
  LeasedJob save(LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry);

  /**
   * Stores the state of a leased job and gives the lease back.
   *
   * @param sweepAt when a sweep is to look at the job next; empty closes the job, which has ended
   * @throws LeaseLostException if another worker has taken the job over; nothing was changed then
   */
  void release(LeasedJob lease, JobState state, Optional<Instant> sweepAt);

  /**
   * Gives the lease back and leaves the job as it is stored, for a later run to pick up.
   *
   * @param due when it may be picked up again
   * @throws LeaseLostException if another worker has taken the job over, or it is closed; nothing
   *     was changed then
   */
  void giveBack(LeasedJob lease, Instant due);
}
