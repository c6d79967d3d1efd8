package conversations.deletion.application.offpeak;

import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to a job once a run has deleted all that can be deleted now. */
sealed interface NextStep {

  /** It ends. */
  record End(JobStatus status) implements NextStep {}

  /**
   * It waits.
   *
   * @param due the first moment at which there is something to do
   * @param retries the later windows that it may still use
   */
  record Wait(Instant due, Retries retries) implements NextStep {}

  /** It waits for holds, as nothing is left to do but what they keep. */
  record Hold() implements NextStep {}

  /**
   * Decides the next step. If the job may not wait any longer for conversations that are still
   * open, they fail here.
   *
   * @param settledAt when the index will have settled, if the job has to wait for that
   */
  static NextStep decide(
      JobProgress progress, Optional<Instant> settledAt, OffPeakWindow window, Instant now) {
    if (progress.lease().isCancelRequested()) {
      return decideCancelled(progress, window, now);
    }
    Retries retries = progress.lease().state().retries();
    if (progress.remaining().anythingRetriable() && retries.remaining() > 0) {
      retries = retries.planRetry(window.openingOfNextWindow(now));
    }
    Optional<Instant> openUntil = progress.remaining().idleAt();
    if (openUntil.isPresent() && !isInThisWindow(openUntil.get(), window, now)) {
      if (retries.waitUntil().isPresent() || retries.waitsRemaining() > 0) {
        retries = retries.planWait(window.nextOpening(openUntil.get()));
        openUntil = retries.waitUntil();
      } else {
        OpenChunk.failPending(progress, Reason.STILL_OPEN, one -> !one.isHeld());
        openUntil = Optional.empty();
      }
    }
    Optional<Instant> due =
        Stream.of(settledAt, retries.retryAt(), openUntil)
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    if (due.isPresent()) {
      return new Wait(due.get(), retries);
    }
    return progress.remaining().anythingHeld()
        ? new Hold()
        : new End(JobStatus.endOf(progress.counts()));
  }

  /**
   * Ends the job as cancelled, unless a conversation that was begun can still be finished. One that
   * a hold keeps can't be: it fails.
   */
  private static NextStep decideCancelled(JobProgress progress, OffPeakWindow window, Instant now) {
    Retries retries = progress.lease().state().retries();
    if (progress.remaining().anythingBegunRetriable() && retries.remaining() > 0) {
      Retries planned = retries.planRetry(window.openingOfNextWindow(now));
      return new Wait(planned.retryAt().orElseThrow(), planned);
    }
    OpenChunk.failPending(progress, Reason.HELD, one -> one.isHeld() && one.isBegun());
    return new End(JobStatus.CANCELLED);
  }

  private static boolean isInThisWindow(Instant moment, OffPeakWindow window, Instant now) {
    return moment.isBefore(window.nextClosing(now))
        && moment.isBefore(window.openingOfNextWindow(now));
  }
}
