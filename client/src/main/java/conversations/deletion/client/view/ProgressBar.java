package conversations.deletion.client.view;

import conversations.deletion.client.api.Job;
import conversations.deletion.domain.Amount;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;

/** A job's progress in one line. The next line can be written over it. */
public record ProgressBar(Terminal terminal) {

  private static final int WIDTH = 24;

  private static final int LONGEST_STATUS = 11;

  /** The line, no wider than the terminal. */
  public Line line(Job job, Instant now) {
    int status = Line.words(job.status()).length();
    String padding = " ".repeat(Math.max(0, LONGEST_STATUS - status));
    int left = terminal.columns() - status - padding.length() - 2;
    return Line.of("", job.status(), padding + " " + cut(rest(job, now), left));
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
    return "%s %3d %%  %d of %s, %s%s%s%s"
        .formatted(
            bar(part),
            (int) (part * 100),
            result.processed(),
            Amount.of(result.total(), "conversation"),
            Amount.deleted(result.records(), result.attachments()),
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
