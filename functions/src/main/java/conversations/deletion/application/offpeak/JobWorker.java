package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.Pause;
import conversations.deletion.application.mail.NotifyOwner;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import conversations.deletion.domain.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Works on one leased job until it has ended, must wait, or the run's time is up. */
final class JobWorker {

  /** How often a hopeless job's end is tried again before it ends with what the job itself says. */
  private static final int ATTEMPTS_TO_END = 3;

  private final JobChunks chunks;
  private final ConversationEraser eraser;
  private final Discovery discovery;
  private final NotifyOwner notifyOwner;
  private final OffPeakWindow window;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final Pause pause;
  private final OperatorLog log;
  private final Figures figures;

  JobWorker(
      JobChunks chunks,
      ConversationEraser eraser,
      Discovery discovery,
      NotifyOwner notifyOwner,
      OffPeakWindow window,
      EngineSettings settings,
      InstantSource clock,
      Pause pause,
      OperatorLog log,
      Figures figures) {
    this.chunks = chunks;
    this.eraser = eraser;
    this.discovery = discovery;
    this.notifyOwner = notifyOwner;
    this.window = window;
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
    this.log = log;
    this.figures = figures;
  }

  /**
   * Works on the job and gives it back.
   *
   * @throws RuntimeException if something failed that no later step can mend; the lease is still
   *     held then
   */
  void work(HeldLease lease) {
    if (lease.state().status().isEnd()) {
      notifyOwner.of(lease);
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

  /** Ends a job that nobody got on with, even where what is stored of it can't be read. */
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
    Instant now = clock.instant();
    DeletionJob job = lease.job();
    boolean isFirst = job.state().startedAt().isEmpty();
    lease.save(
        job.state().pickedUp(now),
        isFirst ? Optional.of(ChangeLogEntry.started(job, now)) : Optional.empty());
    log.info("job_picked_up", OperatorLog.of(job.ref()));
    if (isFirst) {
      figures.add(Metric.JOBS_STARTED, 1);
    }
  }

  /**
   * Deletes all that can be deleted now.
   *
   * @return when the index will have settled, where the job has to wait for that
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
        case ChannelUserConversations user -> discover(progress, lanes, user);
        case Forgotten _ -> throw new IllegalStateException("a job forgets after its end only");
      };
    }
  }

  private void erase(JobProgress progress, int number) {
    try (OpenChunk chunk = progress.open(number)) {
      eraser.erase(chunk, new ArrayDeque<>(), Consistency.EVENTUAL);
    }
  }

  /**
   * Asks the index for the channel user's conversations and deletes them, pass after pass.
   *
   * <p>Invariant: the job is done with only after a whole pass, other than its first, that began
   * when the index had had time to settle and that found nothing new.
   */
  private Optional<Instant> discover(
      JobProgress progress, Lanes lanes, ChannelUserConversations user) {
    HeldLease lease = progress.lease();
    Instant settledAt = user.range().to().plus(settings.indexSettle());
    Consistency firstLook = lease.lease().isFirst() ? Consistency.EVENTUAL : Consistency.STRONG;
    discovery.pass(progress, lanes, user, progress.position(), firstLook);
    while (true) {
      boolean isSettled = !clock.instant().isBefore(settledAt);
      boolean foundNothing =
          !discovery.pass(progress, lanes, user, Optional.empty(), Consistency.STRONG);
      if (foundNothing && isSettled || lease.isCancelRequested()) {
        return Optional.empty();
      }
      if (foundNothing && !hasWaitedUntil(settledAt, lease)) {
        return Optional.of(settledAt);
      }
    }
  }

  private boolean hasWaitedUntil(Instant moment, HeldLease lease) {
    Duration wait = Duration.between(clock.instant(), moment);
    if (wait.compareTo(settings.patience()) > 0 || !lease.hasTimeFor(wait)) {
      return false;
    }
    try {
      if (wait.isPositive()) {
        pause.of(wait);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutOfTimeException(e);
    }
  }

  /** Ends the job, or gives it back until the first moment at which there is something to do. */
  private void finish(JobProgress progress, Optional<Instant> settledAt) {
    if (progress.lease().isCancelRequested()) {
      finishCancelled(progress);
      return;
    }
    Instant now = clock.instant();
    Retries retries = progress.lease().state().retries();
    if (progress.anythingRetriable() && retries.remaining() > 0) {
      retries = retries.planRetry(window.openingOfNextWindow(now));
    }
    Optional<Instant> openUntil = progress.idleAt();
    if (openUntil.isPresent() && !isInThisWindow(openUntil.get(), now)) {
      if (retries.waitUntil().isPresent() || retries.waitsRemaining() > 0) {
        Instant opening = window.nextOpening(openUntil.get());
        retries = retries.planWait(opening);
        openUntil = retries.waitUntil();
      } else {
        progress.failPending(Reason.STILL_OPEN);
        openUntil = Optional.empty();
      }
    }
    Optional<Instant> due =
        Stream.of(settledAt, retries.retryAt(), openUntil)
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    if (due.isPresent()) {
      waitUntil(due.get(), retries, progress);
    } else {
      end(progress.lease(), progress.counts(), JobStatus.endOf(progress.counts()));
    }
  }

  /** Ends the job as cancelled, unless a conversation that was begun can still be finished. */
  private void finishCancelled(JobProgress progress) {
    Retries retries = progress.lease().state().retries();
    if (progress.anythingBegunRetriable() && retries.remaining() > 0) {
      Retries planned = retries.planRetry(window.openingOfNextWindow(clock.instant()));
      waitUntil(planned.retryAt().orElseThrow(), planned, progress);
    } else {
      end(progress.lease(), progress.counts(), JobStatus.CANCELLED);
    }
  }

  private void waitUntil(Instant due, Retries retries, JobProgress progress) {
    HeldLease lease = progress.lease();
    JobState waiting = lease.state().with(progress.counts()).queued(due, retries);
    lease.release(waiting, Optional.of(due));
    log.info(
        "job_put_off", OperatorLog.of(lease.job().ref(), Map.of("until", Timestamps.format(due))));
  }

  private boolean isInThisWindow(Instant moment, Instant now) {
    return moment.isBefore(window.nextClosing(now))
        && moment.isBefore(window.openingOfNextWindow(now));
  }

  private void end(HeldLease lease, Counts counts, JobStatus status) {
    Instant now = clock.instant();
    JobState ended = lease.state().with(counts).ended(status, now);
    lease.save(ended, Optional.of(entryOf(lease.job().with(ended), now)));
    figures.add(Metric.ofEnd(status), 1);
    logEnd(lease.job(), counts, status);
    notifyOwner.of(lease);
  }

  /** What failed now stays undeleted until somebody looks at it. */
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

  private static ChangeLogEntry entryOf(DeletionJob ended, Instant now) {
    return ended.state().status() == JobStatus.CANCELLED
        ? ChangeLogEntry.cancelled(
            ended, ended.state().cancelRequest().map(CancelRequest::by).orElseThrow(), now)
        : ChangeLogEntry.ended(ended, now);
  }

  /** A job that nobody got on with has failed, even where its conversations were never found. */
  private static JobStatus endOfHopeless(Counts counts) {
    return counts.deletedRecords() == 0 ? JobStatus.FAILED : JobStatus.PARTIALLY_COMPLETED;
  }

  private void handOn(HeldLease lease, Counts counts) {
    Instant now = clock.instant();
    Instant nextDelete = now.plus(settings.deleteReserve());
    Instant due = window.isOpenAt(nextDelete) ? now : window.nextOpening(nextDelete);
    lease.handOn(lease.state().with(counts).interrupted(due));
    log.info(
        "job_handed_on", OperatorLog.of(lease.job().ref(), Map.of("due", Timestamps.format(due))));
  }
}
