package conversations.deletion.application.port;

import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;

/** Stops jobs on behalf of others than their workers. */
public interface JobCancellations {

  /**
   * Ends a job that no run has picked up, with its change-log entry.
   *
   * @param ended the state in which it ends
   * @return true if it ended so; false if a run has picked it up, or it had ended before
   */
  boolean end(DeletionJob job, JobState ended, ChangeLogEntry entry);

  /**
   * Leaves a request for the job's worker, and makes the job due at once if it has no worker.
   *
   * @return true if a request was left, now or before; false if the job has ended
   */
  boolean request(JobRef job, CancelRequest request);
}
