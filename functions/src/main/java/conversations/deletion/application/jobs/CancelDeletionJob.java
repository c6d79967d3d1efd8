package conversations.deletion.application.jobs;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Cancels a job. If no run has picked it up, it ends at once. Otherwise its worker finishes the
 * conversations that were begun, and no other.
 */
public final class CancelDeletionJob {

  private final DeletionJobs jobs;
  private final JobCancellations cancellations;
  private final InstantSource clock;
  private final OperatorLog log;
  private final Metrics metrics;

  public CancelDeletionJob(
      DeletionJobs jobs,
      JobCancellations cancellations,
      InstantSource clock,
      OperatorLog log,
      Metrics metrics) {
    this.jobs = jobs;
    this.cancellations = cancellations;
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
  }

  /** Cancels a job of this bot, for this client app. */
  public Cancellation cancel(BotId bot, JobId id, ClientAppId by) {
    Optional<DeletionJob> job = jobs.find(bot, id);
    return job.isPresent() ? cancel(job.get(), by) : new Unknown();
  }

  private Cancellation cancel(DeletionJob job, ClientAppId by) {
    if (job.state().status().isEnd()) {
      return new AlreadyEnded(job);
    }
    Instant now = Timestamps.toMillis(clock.instant());
    CancelRequest request = new CancelRequest(now, by);
    JobState ended = job.state().with(Optional.of(request)).ended(JobStatus.CANCELLED, now);
    if (job.state().startedAt().isEmpty()
        && cancellations.end(job, ended, ChangeLogEntry.cancelled(job, by, now))) {
      log.info("job_cancelled", OperatorLog.of(job.ref(), Map.of("appId", by.value())));
      metrics.report(Map.of(Metric.JOBS_CANCELLED, 1L));
      return new Cancelled(job.with(ended));
    }
    boolean isLeft = cancellations.request(job.ref(), request);
    if (isLeft) {
      log.info("job_cancel_requested", OperatorLog.of(job.ref(), Map.of("appId", by.value())));
    }
    DeletionJob latest = jobs.find(job.bot(), job.id()).orElse(job);
    return isLeft ? new Requested(latest) : new AlreadyEnded(latest);
  }

  /** The result of a cancel. */
  public sealed interface Cancellation {}

  /** The job has ended as cancelled. */
  public record Cancelled(DeletionJob job) implements Cancellation {}

  /** The job's worker will end it. */
  public record Requested(DeletionJob job) implements Cancellation {}

  /** The job had ended before. */
  public record AlreadyEnded(DeletionJob job) implements Cancellation {}

  /** The bot has no such job. */
  public record Unknown() implements Cancellation {}
}
