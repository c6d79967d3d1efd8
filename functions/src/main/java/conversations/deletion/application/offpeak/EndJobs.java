package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Ends leased jobs and has their owners told. This is the one place where jobs end, but for those
 * that are cancelled before they were picked up.
 *
 * <p>Safe for use by several threads.
 */
public final class EndJobs {

  private final JobChunks chunks;
  private final TellOwner tellOwner;
  private final EngineSettings settings;
  private final Clocks clocks;
  private final OperatorLog log;
  private final MetricSums metrics;

  public EndJobs(
      JobChunks chunks,
      TellOwner tellOwner,
      EngineSettings settings,
      Clocks clocks,
      Telemetry telemetry) {
    this.chunks = chunks;
    this.tellOwner = tellOwner;
    this.settings = settings;
    this.clocks = clocks;
    this.log = telemetry.log();
    this.metrics = telemetry.metrics();
  }

  /** Ends a job of which all is done that could be. */
  void end(HeldLease lease, Counts counts, JobStatus status) {
    Instant now = clocks.now();
    JobState ended = lease.state().with(counts).ended(status, now);
    lease.save(ended, Optional.of(ChangeLogEntry.ended(lease.job().with(ended), now)));
    metrics.add(Metric.ofEnd(status), 1);
    logEnd(lease.job(), counts, status);
    tellOwner.tell(lease);
  }

  /**
   * Tells whether runs have tried to get on with the job, and could not, for longer than a job
   * waits for that. A time in which no run tried does not count, unless an earlier try was in vain.
   */
  boolean isStuck(HeldLease lease) {
    return lease
        .state()
        .stuckSince()
        .map(since -> since.plus(settings.unavailableAfter()))
        .filter(clocks.now()::isAfter)
        .isPresent();
  }

  /**
   * Ends a job that nobody gets on with. Its conversations that are still to do fail.
   *
   * @param reason why they fail
   * @throws RuntimeException if its stored chunks can't be read or written
   */
  void endUndone(HeldLease lease, Reason reason) {
    JobProgress progress = JobProgress.load(chunks, lease);
    if (lease.isCancelRequested() && !progress.remaining().anythingBegun()) {
      end(lease, progress.counts(), JobStatus.CANCELLED);
      return;
    }
    OpenChunk.failPending(progress, reason);
    // What a preview lists and no chunk holds was never begun.
    endUndone(lease, progress.counts().restFailed());
  }

  /** Ends such a job with the counts that are stored with it, as its chunks can't be read. */
  void endUnread(HeldLease lease) {
    endUndone(lease, lease.state().counts());
  }

  /** It has failed, even if its conversations were never found. */
  private void endUndone(HeldLease lease, Counts counts) {
    end(
        lease,
        counts,
        counts.deletedInAll() == 0 ? JobStatus.FAILED : JobStatus.PARTIALLY_COMPLETED);
  }

  /** Tells the owner of a job that has ended. */
  void tellOwner(HeldLease lease) {
    tellOwner.tell(lease);
  }

  /** Logs an error if the job did not do what was asked: an operator has to look at it. */
  private void logEnd(DeletionJob job, Counts counts, JobStatus status) {
    Map<String, Object> fields =
        OperatorLog.of(
            job.ref(),
            Map.of(
                "status", status.text(),
                "conversationsDeleted", counts.deleted(),
                "recordsDeleted", counts.deletedRecords(),
                "attachmentsDeleted", counts.deletedAttachments(),
                "recordsRetained", counts.retainedRecords(),
                "conversationsFailed", counts.failed(),
                "conversationsSkipped", counts.skipped()));
    switch (status) {
      case FAILED, PARTIALLY_COMPLETED -> log.error("job_ended", fields, null);
      case COMPLETED, CANCELLED, QUEUED, IN_PROGRESS, ON_HOLD -> log.info("job_ended", fields);
    }
  }
}
