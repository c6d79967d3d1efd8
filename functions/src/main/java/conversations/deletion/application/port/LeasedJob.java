package conversations.deletion.application.port;

import conversations.deletion.domain.DeletionJob;

/**
 * A job that this worker alone may change.
 *
 * @param job the job
 * @param fence grows with every lease of the job; every write carries it, so that a worker that
 *     lost its lease changes nothing; from 1
 */
public record LeasedJob(DeletionJob job, long fence) {

  /** Tells whether nobody had the job before. */
  public boolean isFirst() {
    return fence == 1;
  }

  /** The same lease of the job in another state. */
  public LeasedJob with(DeletionJob newJob) {
    return new LeasedJob(newJob, fence);
  }
}
