package conversations.deletion.application.jobs;

import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Timestamps;
import java.util.Map;

/** Tells workers and operators of a job that is stored. Its failures change nothing of that. */
public final class AnnounceJob {

  private final JobQueue queue;
  private final OperatorLog log;
  private final Metrics metrics;

  public AnnounceJob(JobQueue queue, OperatorLog log, Metrics metrics) {
    this.queue = queue;
    this.log = log;
    this.metrics = metrics;
  }

  /**
   * @param creation what the job's default start was made of
   * @param hasMessage whether a message is sent. Without one, a sweep starts the job
   */
  void announce(DeletionJob job, Creation creation, boolean hasMessage) {
    tell(job, creation);
    if (hasMessage) {
      send(job);
    }
  }

  private void send(DeletionJob job) {
    try {
      queue.send(job.ref());
    } catch (RuntimeException e) {
      // The job is stored, so it is accepted; a sweep will find it.
      log.warn("job_message_not_sent", OperatorLog.of(job.ref()), e);
    }
  }

  private void tell(DeletionJob job, Creation creation) {
    log.info(
        "job_accepted",
        OperatorLog.of(
            job.ref(),
            Map.of(
                "appId", job.requestedBy().value(),
                "requestType", job.target().requestType().text(),
                "due", Timestamps.format(job.state().scheduledAt()))));
    if (creation.unreadable() > 0) {
      log.warn(
          "creation_unreadable",
          OperatorLog.of(job.ref(), Map.of("count", creation.unreadable())),
          null);
      metrics.report(
          Map.of(
              Metric.JOBS_SUBMITTED, 1L, Metric.MOMENTS_UNREADABLE, (long) creation.unreadable()));
    } else {
      metrics.report(Map.of(Metric.JOBS_SUBMITTED, 1L));
    }
  }
}
