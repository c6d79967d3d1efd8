package conversations.deletion.application.port;

import java.time.Instant;
import java.util.List;

/** What waits for runs, for operators to judge. */
public interface Backlog {

  /** Returns the open jobs, which are accepted and have not ended, as they were a moment ago. */
  OpenJobs openJobs();

  /** Counts the jobs that ended long enough ago to forget whom they were about, and have not. */
  JobsToForget jobsToForget(Instant now);

  /**
   * The jobs that were open.
   *
   * @param submittedAt when each was accepted, in no order
   * @param areAll false if jobs were left out because there are too many
   */
  record OpenJobs(List<Instant> submittedAt, boolean areAll) {

    public OpenJobs {
      submittedAt = List.copyOf(submittedAt);
    }
  }

  /**
   * The jobs that were to forget.
   *
   * @param count how many
   * @param areAll false if jobs were left out because there are too many
   */
  record JobsToForget(long count, boolean areAll) {}
}
