package conversations.deletion.application.previews;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.PreviewLeaseLostException;
import conversations.deletion.application.port.PreviewQueue;
import conversations.deletion.application.reading.RequireFitStores;
import conversations.deletion.application.reading.UnfitStoresException;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.PreviewFailure;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.domain.PreviewState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Works on a leased preview until it has ended, must wait, or the run's time is up, and gives it
 * back. What fails outside it costs it nothing, and is tried again for an hour.
 *
 * <p>Safe for use by several threads.
 */
public final class TryPreview {

  private final RequireFitStores stores;
  private final CountConversations counting;
  private final PreviewQueue queue;
  private final PreviewSettings settings;
  private final Clocks clocks;
  private final Outages outages;
  private final Telemetry telemetry;

  public TryPreview(
      RequireFitStores stores,
      CountConversations counting,
      PreviewQueue queue,
      PreviewSettings settings,
      Clocks clocks,
      Outages outages,
      Telemetry telemetry) {
    this.stores = stores;
    this.counting = counting;
    this.queue = queue;
    this.settings = settings;
    this.clocks = clocks;
    this.outages = outages;
    this.telemetry = telemetry;
  }

  /**
   * Works on it and gives it back.
   *
   * @throws PreviewLeaseLostException if another worker has it now
   */
  void work(HeldPreview held) {
    try {
      count(held);
    } catch (PreviewLeaseLostException e) {
      throw e;
    } catch (OutOfTimeException _) {
      waitFor(held, held.state().queued(), Duration.ZERO);
    } catch (UnfitStoresException _) {
      end(held, Optional.of(PreviewFailure.STORE_UNFIT));
    } catch (RuntimeException e) {
      failed(held, e);
    }
  }

  private void count(HeldPreview held) {
    if (held.isTakenOver() && isStuck(held.state())) {
      // Its workers die, one after another, and none can tell that it failed.
      end(held, Optional.of(PreviewFailure.UNAVAILABLE));
      return;
    }
    Optional<Duration> wait =
        counting
            .settledAt(held)
            .map(settled -> Duration.between(clocks.now(), settled))
            .filter(Duration::isPositive);
    if (wait.isPresent()) {
      waitFor(held, held.state().queued(), wait.get());
      return;
    }
    stores.requireFit();
    counting.countAll(held);
    end(held, Optional.empty());
  }

  private void failed(HeldPreview held, RuntimeException failure) {
    boolean isOutside = outages.isOutside(failure);
    telemetry
        .log()
        .error(
            "preview_interrupted",
            OperatorLog.of(
                held.preview().ref(), Map.of("cause", isOutside ? "outside" : "preview")),
            failure);
    PreviewState state = isOutside ? held.state().queued() : held.state().failedOnce();
    if (state.ownFailures() >= PreviewSettings.MOST_OWN_FAILURES) {
      end(held, Optional.of(PreviewFailure.NO_PROGRESS));
    } else if (isStuck(state)) {
      end(held, Optional.of(PreviewFailure.UNAVAILABLE));
    } else {
      waitFor(held, state, PreviewSettings.PAUSE);
    }
  }

  private boolean isStuck(PreviewState state) {
    return state
        .stuckSince()
        .filter(since -> since.plus(PreviewSettings.STUCK_AFTER).isBefore(clocks.now()))
        .isPresent();
  }

  private void waitFor(HeldPreview held, PreviewState state, Duration wait) {
    Instant due = clocks.now().plus(wait);
    held.release(state, due.plus(PreviewSettings.SWEEP_GRACE));
    try {
      queue.send(held.preview().ref(), shorter(wait, PreviewQueue.LONGEST_DELAY));
    } catch (RuntimeException e) {
      // The preview is stored, so a sweep will find it.
      telemetry.log().warn("preview_message_not_sent", OperatorLog.of(held.preview().ref()), e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void end(HeldPreview held, Optional<PreviewFailure> why) {
    Instant now = clocks.now();
    PreviewState ended = held.state().ended(why, now, settings.goodFor());
    held.release(ended, ended.goodUntil().orElseThrow());
    telemetry
        .metrics()
        .add(why.isPresent() ? Metric.PREVIEWS_FAILED : Metric.PREVIEWS_COMPLETED, 1);
    PreviewRef preview = held.preview().ref();
    String status = ended.status().text();
    if (why.isPresent()) {
      Map<String, String> fields = Map.of("status", status, "reason", why.get().text());
      telemetry.log().error("preview_ended", OperatorLog.of(preview, fields), null);
    } else {
      telemetry.log().info("preview_ended", OperatorLog.of(preview, Map.of("status", status)));
    }
  }
}
