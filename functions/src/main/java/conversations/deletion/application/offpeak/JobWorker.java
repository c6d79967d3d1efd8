package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.mail.NotifyOwner;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * Works on one leased job until it has ended, must wait, or the run's time is up. This is the one
 * place where a job is picked up, given back, ended and closed.
 *
 * <p>Invariant: the owner's e-mail is sent after the end is stored and while the lease is held. It
 * is marked as sent after the e-mail service accepted it. Trouble with it never changes the job's
 * status. After a crash between "accepted" and the mark, a second e-mail is sent, because e-mail
 * services take no idempotency token.
 */
public final class JobWorker {

  /**
   * How often the end of a hopeless job is tried again. After that, the job ends with the counts
   * that are stored with the job itself.
   */
  private static final int ATTEMPTS_TO_END = 3;

  private final JobChunks chunks;
  private final ConversationEraser eraser;
  private final Discovery discovery;
  private final NotifyOwner notifyOwner;
  private final EngineSettings settings;
  private final OffPeakWindow window;
  private final Clocks clocks;
  private final OperatorLog log;
  private final MetricSums metrics;

  public JobWorker(
      JobChunks chunks,
      ConversationEraser eraser,
      Discovery discovery,
      NotifyOwner notifyOwner,
      EngineSettings settings,
      Clocks clocks,
      Telemetry telemetry) {
    this.chunks = chunks;
    this.eraser = eraser;
    this.discovery = discovery;
    this.notifyOwner = notifyOwner;
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
      tellOwner(lease);
      return;
    }
    try {
      pickUp(lease);
      if (lease.state().attempts() > settings.maxJobAttempts()) {
        endHopeless(lease);
        return;
      }
      JobProgress progress = JobProgress.load(chunks, lease);
      try {
        finish(progress, deleteAll(progress));
      } catch (OutOfTimeException e) {
        handOn(lease, progress.counts());
      }
    } catch (OutOfTimeException e) {
      handOn(lease, lease.state().counts());
    }
  }

  /** Ends a job on which runs made no progress, even if its stored chunks can't be read. */
  private void endHopeless(HeldLease lease) {
    Counts counts = countsOfHopeless(lease);
    end(lease, counts, endOfHopeless(counts));
  }

  private Counts countsOfHopeless(HeldLease lease) {
    try {
      JobProgress progress = JobProgress.load(chunks, lease);
      progress.failPending(Reason.NO_PROGRESS);
      return progress.counts();
    } catch (LeaseLostException | OutOfTimeException e) {
      throw e;
    } catch (RuntimeException e) {
      if (lease.state().attempts() <= settings.maxJobAttempts() + ATTEMPTS_TO_END) {
        throw e;
      }
      log.error("job_unreadable", OperatorLog.of(lease.job().ref()), e);
      return lease.state().counts();
    }
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
   * Deletes all that can be deleted now.
   *
   * @return when the index will have settled, if the job has to wait for that
   */
  private Optional<Instant> deleteAll(JobProgress progress) {
    DeletionJob job = progress.lease().job();
    try (Lanes lanes = new Lanes(settings.chunksAtOnce())) {
      for (int number : progress.withWork()) {
        lanes.run(() -> erase(progress, number));
      }
      lanes.join();
      return switch (job.target()) {
        case ListedConversations _ -> Optional.empty();
        case ChannelUserConversations user -> discovery.eraseAll(progress, lanes, user);
        case Forgotten _ -> throw new IllegalStateException("the job was forgotten before its end");
      };
    }
  }

  private void erase(JobProgress progress, int number) {
    try (OpenChunk chunk = progress.open(number)) {
      eraser.erase(chunk, new ArrayDeque<>(), Consistency.EVENTUAL);
    }
  }

  /** Ends the job, or gives it back until the first moment at which it has something to do. */
  private void finish(JobProgress progress, Optional<Instant> settledAt) {
    switch (NextStep.decide(progress, settledAt, window, clocks.now())) {
      case NextStep.End(JobStatus status) -> end(progress.lease(), progress.counts(), status);
      case NextStep.Wait(Instant due, Retries retries) -> waitUntil(due, retries, progress);
    }
  }

  private void waitUntil(Instant due, Retries retries, JobProgress progress) {
    HeldLease lease = progress.lease();
    JobState waiting = lease.state().with(progress.counts()).queued(due, retries);
    lease.release(waiting, Optional.of(due));
    log.info(
        "job_put_off", OperatorLog.of(lease.job().ref(), Map.of("until", Timestamps.format(due))));
  }

  private void end(HeldLease lease, Counts counts, JobStatus status) {
    Instant now = clocks.now();
    JobState ended = lease.state().with(counts).ended(status, now);
    lease.save(ended, Optional.of(ChangeLogEntry.ended(lease.job().with(ended), now)));
    metrics.add(Metric.ofEnd(status), 1);
    logEnd(lease.job(), counts, status);
    tellOwner(lease);
  }

  /**
   * Sends the e-mail about a job that has ended, in one attempt, and gives the job back. The job is
   * then closed, unless the e-mail is tried again later.
   */
  private void tellOwner(HeldLease lease) {
    OwnerNotification told = notifyOwner.attempt(lease.job(), lease::confirm);
    Instant now = clocks.now();
    JobState state = lease.state().with(told);
    if (told.status() == OwnerNotification.Status.UNDELIVERABLE) {
      String why = told.reason().orElseThrow();
      lease.save(state, Optional.of(ChangeLogEntry.ownerNotNotified(lease.job(), now, why)));
    }
    metrics.add(Metric.ofNotification(told.status()), 1);
    lease.release(
        state,
        told.isPending()
            ? Optional.of(now.plus(LaterAttempt.delayAfter(told.attempts())))
            : Optional.empty());
  }

  /** Logs an error if conversations failed: they stay undeleted until an operator looks at them. */
  private void logEnd(DeletionJob job, Counts counts, JobStatus status) {
    Map<String, Object> fields =
        OperatorLog.of(
            job.ref(),
            Map.of(
                "status", status.text(),
                "conversationsDeleted", counts.deleted(),
                "recordsDeleted", counts.deletedRecords(),
                "conversationsFailed", counts.failed(),
                "conversationsSkipped", counts.skipped()));
    if (counts.failed() > 0) {
      log.error("job_ended", fields, null);
    } else {
      log.info("job_ended", fields);
    }
  }

  /** A job without progress has failed, even if its conversations were never found. */
  private static JobStatus endOfHopeless(Counts counts) {
    return counts.deletedRecords() == 0 ? JobStatus.FAILED : JobStatus.PARTIALLY_COMPLETED;
  }

  private void handOn(HeldLease lease, Counts counts) {
    Instant now = clocks.now();
    Instant nextDelete = now.plus(settings.deleteReserve());
    Instant due = window.isOpenAt(nextDelete) ? now : window.nextOpening(nextDelete);
    lease.handOn(lease.state().with(counts).interrupted(due));
    log.info(
        "job_handed_on", OperatorLog.of(lease.job().ref(), Map.of("due", Timestamps.format(due))));
  }
}
