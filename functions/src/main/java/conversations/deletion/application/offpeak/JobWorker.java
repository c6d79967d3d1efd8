package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.telemetry.MetricSums;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.DeletionTarget.PreviewedConversations;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Works on one leased job until it has ended, must wait, or the run's time is up. This is the one
 * place where a job is picked up, and given back if nothing failed.
 */
public final class JobWorker {

  /** There is a window every day. */
  private static final Duration LONGEST_USUAL_PAUSE = Duration.ofDays(2);

  private final JobChunks chunks;
  private final ConversationEraser eraser;
  private final Discovery discovery;
  private final Previewed previewed;
  private final EndJobs endJobs;
  private final WaitForHolds waitForHolds;
  private final EngineSettings settings;
  private final OffPeakWindow window;
  private final Clocks clocks;
  private final OperatorLog log;
  private final MetricSums metrics;

  public JobWorker(
      JobChunks chunks,
      ConversationEraser eraser,
      Discovery discovery,
      Previewed previewed,
      EndJobs endJobs,
      EngineSettings settings,
      Clocks clocks,
      Telemetry telemetry) {
    this.chunks = chunks;
    this.eraser = eraser;
    this.discovery = discovery;
    this.previewed = previewed;
    this.endJobs = endJobs;
    this.waitForHolds = new WaitForHolds(clocks, telemetry.log());
    this.settings = settings;
    this.window = settings.window();
    this.clocks = clocks;
    this.log = telemetry.log();
    this.metrics = telemetry.metrics();
  }

  /**
   * Works on the job and gives it back.
   *
   * @throws RuntimeException if something failed and no later step can mend it; the lease is still
   *     held then
   */
  void work(HeldLease lease) {
    if (lease.state().status().isEnd()) {
      endJobs.tellOwner(lease);
      return;
    }
    requireReadable(lease);
    Optional<Instant> notBefore = lease.tooEarlyUntil();
    if (notBefore.isPresent()) {
      // The clock by which it was leased was wrong. It has not begun, and can be cancelled whole.
      putOff(lease, window.nextOpening(notBefore.get()));
      return;
    }
    boolean isAfterADeath = lease.isTakenOver() && !isAfterALongPause(lease.state());
    try {
      pickUp(lease);
      if (isAfterADeath && endJobs.isStuck(lease)) {
        // Its workers die, one after another, and none can tell that it failed.
        endJobs.endUndone(lease, Reason.UNAVAILABLE);
        return;
      }
      JobProgress progress = JobProgress.load(chunks, lease);
      try {
        Optional<Instant> settledAt = deleteAll(progress);
        if (progress.remaining().trouble().isPresent()) {
          throw progress.remaining().trouble().get();
        }
        finish(progress, settledAt);
      } catch (OutOfTimeException e) {
        handOn(lease, progress.counts());
      }
    } catch (OutOfTimeException e) {
      handOn(lease, lease.state().counts());
    }
  }

  private void putOff(HeldLease lease, Instant due) {
    lease.giveUp(due, Optional.empty());
    logPutOff(lease, due);
  }

  /** What can't be read may be what tells that nothing may be deleted for this job now. */
  private static void requireReadable(HeldLease lease) {
    if (!lease.lease().isReadable()) {
      throw new IllegalStateException("the job's stored state can't be read");
    }
  }

  private boolean isAfterALongPause(JobState state) {
    return state.scheduledAt().plus(LONGEST_USUAL_PAUSE).isBefore(clocks.now());
  }

  private void pickUp(HeldLease lease) {
    Instant now = clocks.now();
    DeletionJob job = lease.job();
    boolean isFirst = job.state().startedAt().isEmpty();
    lease.save(
        job.state().pickedUp(now),
        isFirst ? Optional.of(ChangeLogEntry.started(job, now)) : Optional.empty());
    log.info("job_picked_up", OperatorLog.of(job.ref()));
    if (isFirst) {
      metrics.add(Metric.JOBS_STARTED, 1);
    }
  }

  /**
   * Deletes all that can be deleted now. What takes long comes last: a giant holds up no other
   * conversation of its job.
   *
   * @return when the index will have settled, if the job has to wait for that
   */
  private Optional<Instant> deleteAll(JobProgress progress) {
    DeletionJob job = progress.lease().job();
    try (Lanes lanes = new Lanes(settings.chunksAtOnce())) {
      for (int number : progress.withWork()) {
        lanes.run(() -> eraser.eraseShort(progress, number));
      }
      lanes.join();
      Optional<Instant> settledAt =
          switch (job.target()) {
            case ListedConversations _ -> Optional.empty();
            case ChannelUserConversations user -> discovery.eraseAll(progress, lanes, user);
            case PreviewedConversations listed -> {
              previewed.eraseAll(progress, lanes, listed);
              yield Optional.empty();
            }
            case Forgotten _ ->
                throw new IllegalStateException("the job was forgotten before its end");
          };
      for (int number : progress.remaining().chunksWithWork()) {
        lanes.run(() -> eraser.eraseLong(progress, number));
      }
      lanes.join();
      return settledAt;
    } finally {
      tellUndated(progress);
    }
  }

  /** Tells operators of records that counted as old, because nobody knows when they were made. */
  private void tellUndated(JobProgress progress) {
    long records = progress.undated();
    if (records > 0) {
      metrics.add(Metric.MOMENTS_UNREADABLE, records);
      log.warn(
          "records_undated",
          OperatorLog.of(progress.lease().job().ref(), Map.of("count", records)),
          null);
    }
  }

  /** Ends the job, or gives it back until the first moment at which it has something to do. */
  private void finish(JobProgress progress, Optional<Instant> settledAt) {
    switch (NextStep.decide(progress, settledAt, window, clocks.now())) {
      case NextStep.End(JobStatus status) ->
          endJobs.end(progress.lease(), progress.counts(), status);
      case NextStep.Wait(Instant due, Retries retries) -> waitUntil(due, retries, progress);
      case NextStep.Hold _ -> waitForHolds.wait(progress, window.openingOfNextWindow(clocks.now()));
    }
  }

  private void waitUntil(Instant due, Retries retries, JobProgress progress) {
    HeldLease lease = progress.lease();
    JobState waiting = lease.state().with(progress.counts()).queued(due, retries);
    lease.release(waiting, Optional.of(due));
    logPutOff(lease, due);
  }

  private void logPutOff(HeldLease lease, Instant due) {
    log.info(
        "job_put_off", OperatorLog.of(lease.job().ref(), Map.of("until", Timestamps.format(due))));
  }

  /** Leaves the job to a later run, unless for days no run has got on with it. */
  private void handOn(HeldLease lease, Counts counts) {
    if (endJobs.isStuck(lease) && lease.heldFor().compareTo(settings.outagePatience()) >= 0) {
      endJobs.endUndone(lease, Reason.UNAVAILABLE);
      return;
    }
    Optional<Instant> notBefore = lease.tooEarlyUntil();
    if (notBefore.isPresent()) {
      putOff(lease, window.nextOpening(notBefore.get()));
      return;
    }
    Instant now = clocks.now();
    Instant nextDelete = now.plus(settings.deleteReserve());
    Instant due = window.isOpenAt(nextDelete) ? now : window.nextOpening(nextDelete);
    lease.handOn(lease.state().with(counts).interrupted(due));
    log.info(
        "job_handed_on", OperatorLog.of(lease.job().ref(), Map.of("due", Timestamps.format(due))));
  }
}
