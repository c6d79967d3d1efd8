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
   * Takes the lease of a job that has work to do. For the term, no other worker gets the lease. A
   * worker that had it before can change nothing more on the job.
   *
   * <p>A job whose stored state can't be read is leased too, so that it comes to an end. It is
   * marked then.
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
   * Stores the state of a leased job that waits for holds, and gives the lease back. The job is in
   * no sweep until the version of its bot's holds has changed, and does not count as open.
   *
   * @param holdsSeen the version of the bot's holds by which the job waits; 0 if it is to be looked
   *     at in any case
   * @param entry of the change log; with it, the owner is told
   * @throws LeaseLostException if another worker has taken the job over; nothing was changed then
   */
  void putOnHold(LeasedJob lease, JobState state, long holdsSeen, Optional<ChangeLogEntry> entry);

  /**
   * Gives the lease back and leaves the job as it is stored, for a later run to pick up. It waits
   * again, unless it has ended or its state can't be read.
   *
   * @param due when it may be picked up again
   * @param ownFailures how often tries have failed for a reason of the job's own; empty leaves the
   *     number as it is stored
   * @throws LeaseLostException if another worker has taken the job over, or it is closed; nothing
   *     was changed then
   */
  void giveBack(LeasedJob lease, Instant due, Optional<Integer> ownFailures);
}
