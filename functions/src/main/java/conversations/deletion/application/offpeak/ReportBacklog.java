package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.Backlog.Count;
import conversations.deletion.application.port.Backlog.OpenJobs;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Reports how many jobs are open, how many of them are overdue, and how old the oldest is; how many
 * wait for holds; and how many ended jobs are to forget whom they were about.
 *
 * <p>An open job is overdue once it has had all the windows that it is allowed, counted from the
 * moment until which it was to wait, if it was. A job that waits for holds is not open, so it is
 * never overdue. Most often no run makes progress on it. But it may also be too large for its
 * windows, or have waited for conversations that were still open.
 */
public final class ReportBacklog {

  private final Backlog backlog;
  private final OffPeakWindow window;
  private final InstantSource clock;
  private final Metrics metrics;
  private final OperatorLog log;

  public ReportBacklog(
      Backlog backlog,
      OffPeakWindow window,
      InstantSource clock,
      Metrics metrics,
      OperatorLog log) {
    this.backlog = backlog;
    this.window = window;
    this.clock = clock;
    this.metrics = metrics;
    this.log = log;
  }

  /** Reports the backlog. A failure is logged and stops nothing. */
  public void report() {
    Instant now = clock.instant();
    tryTo(() -> report(backlog.openJobs(), now));
    tryTo(() -> report(Metric.JOBS_ON_HOLD, backlog.jobsOnHold(), "jobsOnHoldAtLeast"));
    tryTo(() -> report(Metric.JOBS_TO_FORGET, backlog.jobsToForget(now), "jobsToForgetAtLeast"));
  }

  private void tryTo(Runnable report) {
    try {
      report.run();
    } catch (RuntimeException e) {
      log.warn("backlog_not_counted", Map.of(), e);
    }
  }

  private void report(OpenJobs open, Instant now) {
    Instant lastOverdue = window.openingOfLast(Retries.MAX_WINDOWS, now);
    OpenSince since = OpenSince.of(open.jobs(), backlog, window, lastOverdue, now);
    long overdue = since.moments().stream().filter(moment -> !moment.isAfter(lastOverdue)).count();
    long oldestAge =
        since.moments().stream()
            .mapToLong(moment -> Duration.between(moment, now).toSeconds())
            .max()
            .orElse(0);
    long count = open.jobs().size();
    metrics.report(
        Map.of(
            Metric.OPEN_JOBS, count,
            Metric.OVERDUE_JOBS, overdue,
            Metric.OLDEST_OPEN_JOB_AGE, Math.max(0, oldestAge)));
    if (!open.areAll()) {
      log.warn("backlog_counted_in_part", Map.of("openJobsAtLeast", count), null);
    }
    if (!since.areAll()) {
      log.warn("backlog_counted_in_part", Map.of("overdueJobsAtLeast", overdue), null);
    }
  }

  private void report(Metric metric, Count count, String atLeast) {
    metrics.report(Map.of(metric, count.jobs()));
    if (!count.areAll()) {
      log.warn("backlog_counted_in_part", Map.of(atLeast, count.jobs()), null);
    }
  }
}
