package conversations.deletion.client.view;

import conversations.deletion.domain.JobStatus;
import java.util.Optional;

/**
 * A line for people. Its texts bring no colour, as they may come from outside; a screen may colour
 * the status.
 */
public record Line(String before, Optional<JobStatus> status, String after) {

  static Line of(String text) {
    return new Line(text, Optional.empty(), "");
  }

  static Line of(String before, JobStatus status, String after) {
    return new Line(before, Optional.of(status), after);
  }

  /** The status, in words. */
  public static String words(JobStatus status) {
    return status.text().replace('_', ' ');
  }

  /** The line without colours. */
  public String plain() {
    return before + status.map(Line::words).orElse("") + after;
  }
}
