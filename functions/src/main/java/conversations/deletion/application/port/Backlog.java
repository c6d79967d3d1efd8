package conversations.deletion.application.port;

import java.time.Instant;
import java.util.List;

/** The jobs that are accepted and have not ended, for operators to judge. */
@FunctionalInterface
public interface Backlog {

  /** Looks at them, as they were a moment ago. */
  OpenJobs openJobs();

  /**
   * The jobs that were open.
   *
   * @param submittedAt when each was accepted, in no order
   * @param areAll whether no job was left out because there are so many
   */
  record OpenJobs(List<Instant> submittedAt, boolean areAll) {

    public OpenJobs {
      submittedAt = List.copyOf(submittedAt);
    }
  }
}
