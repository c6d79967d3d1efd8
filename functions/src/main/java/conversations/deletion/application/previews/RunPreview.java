package conversations.deletion.application.previews;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.LeasedPreview;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewLeaseLostException;
import conversations.deletion.application.port.PreviewLeases;
import conversations.deletion.application.reading.Patience;
import conversations.deletion.application.telemetry.Telemetry;
import conversations.deletion.domain.PreviewRef;
import java.time.Duration;
import java.util.Optional;

/**
 * Works on the preview that a message names, at any hour.
 *
 * <p>Invariant: the table of previews is the truth and the queue only a hint. Every preview that
 * has not ended has a moment at which a sweep looks at it. So a message may be lost or repeated: no
 * preview is lost, and none has two workers.
 *
 * <p>Safe for use by several threads, and by several functions at once.
 */
public final class RunPreview {

  private final PreviewLeases leases;
  private final TryPreview tryPreview;
  private final Patience patience;
  private final PreviewSettings settings;
  private final Clocks clocks;
  private final Telemetry telemetry;

  public RunPreview(
      PreviewLeases leases,
      TryPreview tryPreview,
      Patience patience,
      PreviewSettings settings,
      Clocks clocks,
      Telemetry telemetry) {
    this.leases = leases;
    this.tryPreview = tryPreview;
    this.patience = patience;
    this.settings = settings;
    this.clocks = clocks;
    this.telemetry = telemetry;
  }

  /**
   * Works on a preview, if it waits and no other worker has it.
   *
   * @param functionTime how long the run may take
   * @throws RuntimeException if it could not be leased, or not be given back
   */
  public void run(PreviewRef preview, Duration functionTime) {
    long asked = clocks.nanos();
    long end = asked + functionTime.toNanos();
    Optional<LeasedPreview> lease =
        leases.lease(preview, clocks.now(), clocks.now().plus(settings.leaseTerm()));
    if (lease.isEmpty()) {
      telemetry.log().info("preview_not_leased", OperatorLog.of(preview));
      return;
    }
    telemetry.log().info("preview_picked_up", OperatorLog.of(preview));
    try {
      tryPreview.work(new HeldPreview(leases, patience, settings, clocks, lease.get(), asked, end));
    } catch (PreviewLeaseLostException e) {
      telemetry.log().warn("lease_lost", OperatorLog.of(preview), e);
    } finally {
      telemetry.metrics().report();
    }
  }
}
