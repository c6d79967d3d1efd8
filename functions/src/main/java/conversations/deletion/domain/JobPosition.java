package conversations.deletion.domain;

import java.time.Instant;

/**
 * A place among the jobs of a bot, as they lie in the order of their submission.
 *
 * @param submittedAt when the job there was submitted
 * @param job the job there; tells jobs of one moment apart
 */
public record JobPosition(Instant submittedAt, JobId job) {

  /** Where a job lies. */
  public static JobPosition of(DeletionJob job) {
    return new JobPosition(job.submittedAt(), job.id());
  }
}
