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
   * Looks up until when jobs were to wait, for the moment that they were told or for holds. A job
   * that was not is left out.
   *
   * @param jobs up to 100 of them
   */
  Map<JobRef, Instant> waitedUntil(List<JobRef> jobs);

  /** Counts the jobs that wait for holds. They are not open. */
  Count jobsOnHold();

  /** Counts the jobs that ended long enough ago to forget whom they were about, and have not. */
  Count jobsToForget(Instant now);

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
   * How many jobs there were.
   *
   * @param areAll false if jobs were left out because there are too many
   */
  record Count(long jobs, boolean areAll) {}
}
