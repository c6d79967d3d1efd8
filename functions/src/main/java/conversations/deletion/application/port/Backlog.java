package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What waits for runs, for operators to judge. */
public interface Backlog {

  /** Returns the open jobs, which are accepted and have not ended, as they were a moment ago. */
  OpenJobs openJobs();

  /**
   * Looks up before when jobs may delete nothing. A job without such a moment is left out.
   *
   * @param jobs up to 100 of them
   */
  Map<JobRef, Instant> notBefore(List<JobRef> jobs);

  /** Counts the jobs that ended long enough ago to forget whom they were about, and have not. */
  JobsToForget jobsToForget(Instant now);

  /**
   * The jobs that were open.
   *
   * @param jobs each of them, in no order
   * @param areAll false if jobs were left out because there are too many
   */
  record OpenJobs(List<OpenJob> jobs, boolean areAll) {

    public OpenJobs {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * A job that was open.
   *
   * @param submittedAt when it was accepted
   * @param sweepAt when a sweep is to look at it
   */
  record OpenJob(JobRef job, Instant submittedAt, Instant sweepAt) {}

  /**
   * The jobs that were to forget.
   *
   * @param count how many
   * @param areAll false if jobs were left out because there are too many
   */
  record JobsToForget(long count, boolean areAll) {}
}
