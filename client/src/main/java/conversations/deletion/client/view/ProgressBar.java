package conversations.deletion.client.view;

import conversations.deletion.client.api.Job;
import conversations.deletion.client.api.Preview;
import conversations.deletion.domain.Amount;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The progress of a job or of a preview in one line. The next line can be written over it. */
public record ProgressBar(Terminal terminal) {

  private static final int WIDTH = 24;

  private static final int LONGEST_STATUS = 11;

  private static final String MARK = "###";

  /** The line of a job, no wider than the terminal. */
  public Line line(Job job, Instant now) {
    return line(job.status(), rest(job, now));
  }

  /**
   * The line of a preview, no wider than the terminal.
   *
   * @param named how many conversations were named; absent where the preview has to find them. Then
   *     nobody knows how much is left, and a mark wanders instead of a bar that grows
   */
  public Line line(Preview preview, OptionalLong named, Instant now) {
    return line(preview.status(), rest(preview, named, now));
  }

  /** The line of a list of which some entries are read, no wider than the terminal. */
  public Line listLine(long read, long total) {
    double part = part(read, total);
    return Line.of(
        cut(
            "%s %3d %%  %d of %s listed"
                .formatted(bar(part), (int) (part * 100), read, Amount.of(total, "conversation")),
            terminal.columns() - 1));
  }

  private Line line(JobStatus status, String rest) {
    int width = Line.words(status).length();
    String padding = " ".repeat(Math.max(0, LONGEST_STATUS - width));
    int left = terminal.columns() - width - padding.length() - 2;
    return Line.of("", status, padding + " " + cut(rest, left));
  }

  private static String rest(Job job, Instant now) {
    if (job.status() == JobStatus.QUEUED) {
      return JobText.due(job, now);
    }
    Job.Result result = job.result();
    if (result.total() == 0 && !job.status().isEnd()) {
      return bar(0) + "  looks for conversations" + passed(job, now);
    }
    double part = part(result.processed(), result.total());
    return "%s %3d %%  %d of %s, %s%s%s%s%s"
        .formatted(
            bar(part),
            (int) (part * 100),
            result.processed(),
            Amount.of(result.total(), "conversation"),
            Amount.deleted(result.records(), result.attachments()),
            result.failed() == 0 ? "" : ", %d failed".formatted(result.failed()),
            JobText.held(result),
            passed(job, now),
            left(job, part, now));
  }

  private static String rest(Preview preview, OptionalLong named, Instant now) {
    Duration passed = Duration.between(preview.submittedAt(), preview.completedAt().orElse(now));
    Preview.Result result = preview.result();
    String time = ", " + new TimeSpan(passed);
    if (preview.status() == JobStatus.QUEUED) {
      return "waits to be counted" + time;
    }
    if (preview.status() == JobStatus.COMPLETED) {
      return bar(1) + " 100 %  " + PreviewText.counted(result) + time;
    }
    if (named.isEmpty()) {
      return "%s  %s so far%s".formatted(wandering(passed), PreviewText.counted(result), time);
    }
    long done = result.conversations() + result.notFound();
    double part = part(done, named.getAsLong());
    return "%s %3d %%  %d of %s, %s%s%s"
        .formatted(
            bar(part),
            (int) (part * 100),
            done,
            Amount.of(named.getAsLong(), "conversation"),
            PreviewText.holdings(result),
            time,
            preview.status().isEnd() ? "" : left(part, passed));
  }

  /** From 0 to 1; what has nothing to do is done. */
  private static double part(long done, long total) {
    return total == 0 ? 1 : Math.min(1, (double) done / total);
  }

  private static String bar(double part) {
    int full = (int) (part * WIDTH);
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
  }

  /** A bar with a mark that is somewhere else each second. */
  private static String wandering(Duration passed) {
    int room = WIDTH - MARK.length();
    int before = (int) (Math.max(0, passed.toSeconds()) % (room + 1));
    return "[" + "-".repeat(before) + MARK + "-".repeat(room - before) + "]";
  }

  /** The time that it took so far. To wait for a hold takes people's time, not the job's. */
  private static String passed(Job job, Instant now) {
    return timed(job).map(started -> ", " + new TimeSpan(lasted(job, started, now))).orElse("");
  }

  private static Duration lasted(Job job, Instant started, Instant now) {
    return Duration.between(started, job.completedAt().orElse(now));
  }

  private static String left(Job job, double part, Instant now) {
    return job.status().isEnd()
        ? ""
        : timed(job).map(started -> left(part, lasted(job, started, now))).orElse("");
  }

  private static Optional<Instant> timed(Job job) {
    return job.startedAt().filter(_ -> job.status() != JobStatus.ON_HOLD);
  }

  /** The time left: the rest is taken to go on as fast as what was done. */
  private static String left(double part, Duration passed) {
    return part == 0
        ? ""
        : ", about %s left"
            .formatted(
                new TimeSpan(Duration.ofMillis((long) (passed.toMillis() / part * (1 - part)))));
  }

  private static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, Math.max(0, columns));
  }
}
