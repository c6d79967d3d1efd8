package conversations.deletion.domain;

import java.time.Instant;

/**
 * A place in the list of a bot's jobs, in the order of their submission.
 *
 * @param submittedAt when the job there was submitted
 * @param job the job there; tells jobs submitted at the same moment apart
 */
public record JobPosition(Instant submittedAt, JobId job) {

  /** The place of a job. */
  public static JobPosition of(DeletionJob job) {
    return new JobPosition(job.submittedAt(), job.id());
  }
}
