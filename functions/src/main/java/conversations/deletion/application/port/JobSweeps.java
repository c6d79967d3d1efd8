package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.List;

/** Finds the jobs whose worker or whose message got lost, and those that are to be forgotten. */
public interface JobSweeps {

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
