package conversations.deletion.application.port;

import conversations.deletion.domain.DeletionJob;

/**
 * A job that this worker alone may change.
 *
 * @param job the job
 * @param fence from 1, grows with every lease of the job; every write carries it, so a worker that
 *     lost its lease changes nothing
 */
public record LeasedJob(DeletionJob job, long fence) {

  /** Tells whether no worker had the job before. */
  public boolean isFirst() {
    return fence == 1;
  }

  /** The same lease of the job in another state. */
  public LeasedJob with(DeletionJob newJob) {
    return new LeasedJob(newJob, fence);
  }
}
