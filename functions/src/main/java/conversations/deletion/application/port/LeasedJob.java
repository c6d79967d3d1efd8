package conversations.deletion.application.port;

import conversations.deletion.domain.DeletionJob;

/**
 * A job that this worker alone may change.
 *
 * @param job the job
 * @param fence grows with every lease of the job; every write carries it, so that a worker that
 *     lost its lease changes nothing
 * @param takenOver whether the lease before ended without being given back: that worker may have
 *     died in the middle, or may not yet know that it lost the lease
 */
public record LeasedJob(DeletionJob job, long fence, boolean takenOver) {

  /** The same lease of the job in another state. */
  public LeasedJob with(DeletionJob newJob) {
    return new LeasedJob(newJob, fence, takenOver);
  }
}
