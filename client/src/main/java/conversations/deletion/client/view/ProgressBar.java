package conversations.deletion.client.view;

import conversations.deletion.client.api.Job;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;

/** A job's progress in one line. The next line can be written over it. */
public record ProgressBar(Terminal terminal) {

  private static final int WIDTH = 24;

  /** Clears the line of the cursor, and moves to its beginning (ECMA-48, EL and CR). */
  private static final String AFRESH = "\r\u001b[2K";

  /** The line for a terminal, written over the line before. */
  public String redrawn(Job job, Instant now) {
    return AFRESH + line(job, now);
  }

  /** The line, no wider than the terminal. */
  public String line(Job job, Instant now) {
    String status = "%-11s".formatted(job.status().text().replace('_', ' '));
    String rest = cut(rest(job, now), terminal.columns() - status.length() - 2);
    return (terminal.colours() ? Colour.of(job.status()).on(status) : status) + " " + rest;
  }

  private static String rest(Job job, Instant now) {
    if (job.status() == JobStatus.QUEUED) {
      return JobText.due(job, now);
    }
    Job.Result result = job.result();
    if (result.total() == 0 && !job.status().isEnd()) {
      return bar(0) + "  looks for conversations" + passed(job, now);
    }
    double part = result.total() == 0 ? 1 : (double) result.processed() / result.total();
    return "%s %3d %%  %d of %d conversations, %d records%s%s%s"
        .formatted(
            bar(part),
            (int) (part * 100),
            result.processed(),
            result.total(),
            result.records(),
            result.failed() == 0 ? "" : ", %d failed".formatted(result.failed()),
            passed(job, now),
            left(job, part, now));
  }

  private static String bar(double part) {
    int full = (int) (part * WIDTH);
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
  }

  private static String passed(Job job, Instant now) {
    return job.startedAt()
        .map(started -> ", " + new TimeSpan(lasted(job, started, now)))
        .orElse("");
  }

  private static Duration lasted(Job job, Instant started, Instant now) {
    return Duration.between(started, job.completedAt().orElse(now));
  }

  /** The time left: the rest is taken to go on as fast as what was done. */
  private static String left(Job job, double part, Instant now) {
    if (job.status().isEnd() || part == 0 || job.startedAt().isEmpty()) {
      return "";
    }
    long passed = lasted(job, job.startedAt().get(), now).toMillis();
    return ", about %s left"
        .formatted(new TimeSpan(Duration.ofMillis((long) (passed / part * (1 - part)))));
  }

  private static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, Math.max(0, columns));
  }
}
