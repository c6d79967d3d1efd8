package conversations.deletion.application.port;

import conversations.deletion.domain.DeletionJob;

/**
 * A job that this worker alone may change.
 *
 * @param job the job
 * @param fence from 1, grows with every lease of the job; every write carries it, so a worker that
 *     lost its lease changes nothing
 * @param isReadable whether the job was read as it is stored. If not, what can't be read has a safe
 *     value here. Nothing may be deleted for the job then: what this version can't read may be what
 *     a newer one wrote to keep the job from going on
 */
public record LeasedJob(DeletionJob job, long fence, boolean isReadable) {

  /** A job that was read as it is stored. */
  public LeasedJob(DeletionJob job, long fence) {
    this(job, fence, true);
  }

  /** Tells whether no worker had the job before. */
  public boolean isFirst() {
    return fence == 1;
  }

  /** The same lease of the job in another state. */
  public LeasedJob with(DeletionJob newJob) {
    return new LeasedJob(newJob, fence, isReadable);
  }
}
