package conversations.deletion.client.view;

import conversations.deletion.client.api.Job;
import conversations.deletion.domain.Amount;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A job in words. */
public final class JobText {

  private JobText() {}

  /** All facts of the job, one to a line. */
  static List<Line> lines(Job job) {
    ArrayList<Line> lines = new ArrayList<>();
    lines.add(fact("Job", job.jobId()));
    lines.add(Line.of(fact("Status", "").before(), job.status(), ""));
    lines.add(
        fact("Asked for", job.requestType().equals("cId") ? "a channel user" : "conversations"));
    job.reference().ifPresent(reference -> lines.add(fact("Reference", reference)));
    job.previewId().ifPresent(preview -> lines.add(fact("Preview", preview)));
    job.range().ifPresent(it -> lines.add(fact("Begun", it.from() + " to " + it.to())));
    lines.add(fact("Submitted", job.submittedAt()));
    job.notBefore().ifPresent(moment -> lines.add(fact("Not before", notBefore(job, moment))));
    lines.add(fact("Scheduled", job.scheduledAt()));
    add(lines, "Started", job.startedAt());
    add(lines, "Cancel asked", job.cancelRequestedAt());
    add(lines, "Ended", job.completedAt());
    lines.add(fact("Conversations", conversations(job.result())));
    lines.add(fact("Records", records(job.result())));
    if (job.result().attachments() > 0) {
      lines.add(fact("Attachments", job.result().attachments() + " deleted"));
    }
    if (job.result().held() > 0) {
      lines.add(fact("Held", job.result().held() + ", until a window after their release"));
    }
    job.result()
        .beforeStart()
        .filter(count -> count > 0)
        .ifPresent(count -> lines.add(fact("Begun before", count + " left; name --from for them")));
    if (job.result().failed() > 0 && !job.status().isEnd()) {
      lines.add(fact("Retries left", job.result().retriesRemaining()));
    }
    job.mail().ifPresent(mail -> lines.add(fact("Owner's mail", text(mail))));
    return lines;
  }

  /** The job's state, in one line. */
  public static Line line(Job job, Instant now) {
    String rest =
        switch (job.status()) {
          case QUEUED -> due(job, now);
          default ->
              "%s, %s deleted"
                  .formatted(
                      conversations(job.result()),
                      Amount.deleted(job.result().records(), job.result().attachments()));
        };
    return Line.of("", job.status(), ", " + rest);
  }

  static String due(Job job, Instant now) {
    Duration wait = Duration.between(now, job.scheduledAt());
    String when = wait.isPositive() ? "due in " + new TimeSpan(wait) : "due now";
    return job.result().processed() == 0
        ? waitsFor(job, now) + ", " + when
        : "%d of %s done%s, the rest %s"
            .formatted(
                job.result().processed(),
                Amount.of(job.result().total(), "conversation"),
                held(job.result()),
                when);
  }

  private static String waitsFor(Job job, Instant now) {
    return job.notBefore()
        .filter(now::isBefore)
        .map(moment -> "deletes nothing before " + moment)
        .orElse("waits for the off-peak hours");
  }

  private static String notBefore(Job job, Instant moment) {
    return moment
        + (job.status() == JobStatus.QUEUED && job.startedAt().isEmpty()
            ? "; until then it can be cancelled whole"
            : "");
  }

  private static String conversations(Job.Result result) {
    return "%d of %d done: %d deleted, %d failed, %d not there%s"
        .formatted(
            result.processed(),
            result.total(),
            result.deleted(),
            result.failed(),
            result.skipped(),
            held(result));
  }

  /** How many conversations a hold keeps, behind other counts; nothing is said where none is. */
  static String held(Job.Result result) {
    return result.held() == 0 ? "" : ", %d held".formatted(result.held());
  }

  private static String records(Job.Result result) {
    return result.records()
        + " deleted"
        + (result.retained() == 0 ? "" : ", %d retained".formatted(result.retained()));
  }

  private static String text(Job.Mail mail) {
    return mail.status()
        + mail.sentAt().map(at -> " at " + at).orElse("")
        + mail.reason().map(reason -> ": " + reason).orElse("");
  }

  private static void add(List<Line> lines, String name, Optional<Instant> instant) {
    instant.ifPresent(value -> lines.add(fact(name, value)));
  }

  static Line fact(String name, Object value) {
    return Line.of("%-14s %s".formatted(name, value));
  }
}
