package conversations.deletion.application.port;

import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The right to work on a job, which one worker at a time has, and the sweep that finds the jobs
 * whose worker or whose message got lost.
 */
public interface JobLeases {

  /**
   * Takes the lease of a job that has work to do: for the term, nobody else gets it, and whoever
   * had it before can change nothing more on the job. Counts an attempt.
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
   * @throws LeaseLostException if somebody else has taken the job over; nothing was changed then
   */
  LeasedJob save(LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry);

  /**
   * Stores the state of a leased job and gives the lease back.
   *
   * @param sweepAt when a sweep is to look at the job next; empty closes the job, which has ended
   * @throws LeaseLostException if somebody else has taken the job over; nothing was changed then
   */
  void release(LeasedJob lease, JobState state, Optional<Instant> sweepAt);

  /**
   * Gives the lease back and leaves the job as it is stored, for somebody to pick it up again.
   *
   * @param due from when on
   * @throws LeaseLostException if somebody else has taken the job over, or it is closed; nothing
   *     was changed then
   */
  void giveBack(LeasedJob lease, Instant due);

  /** Jobs that ended long enough ago to forget whom they were about; found without a scan. */
  List<JobRef> toForget(Instant now, int limit);

  /** Drops from a job that has ended whom it was about. Forgetting twice is no different. */
  void forget(JobRef job, Instant now);

  /** Jobs that a sweep is to look at by now, the most overdue first; found without a scan. */
  List<SweepableJob> toSweep(Instant now, int limit);

  /**
   * Puts off the next look at a job, if no other sweep did so first.
   *
   * @return whether it was this call that put it off
   */
  boolean putOffSweep(SweepableJob job, Instant sweepAt);

  /**
   * A job that a sweep is to look at.
   *
   * @param job which
   * @param sweepAt since when, as it is stored
   */
  record SweepableJob(JobRef job, String sweepAt) {}
}
