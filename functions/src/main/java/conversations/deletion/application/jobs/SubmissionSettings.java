package conversations.deletion.application.jobs;

import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;

/**
 * When submitted jobs begin.
 *
 * @param window when records may be deleted
 * @param sweepGrace how long after the window's opening a job may wait for its message; after that,
 *     a sweep treats the message as lost
 * @param leastGrace how long every job waits at least, so that it can be cancelled whole; zero if
 *     it need not
 */
public record SubmissionSettings(OffPeakWindow window, Duration sweepGrace, Duration leastGrace) {

  /**
   * @throws IllegalArgumentException if a job were to begin before it was submitted
   */
  public SubmissionSettings {
    if (leastGrace.isNegative()) {
      throw new IllegalArgumentException("the least time to think again must not be negative");
    }
  }
}
