package conversations.deletion.application.port;

import java.time.Instant;
import java.util.List;

/** The open jobs, which are accepted and have not ended, for operators to judge. */
@FunctionalInterface
public interface Backlog {

  /** Returns the open jobs, as they were a moment ago. */
  OpenJobs openJobs();

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
}
