package conversations.deletion.application.previews;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.PreviewQueue;
import conversations.deletion.application.port.PreviewSweeps;
import conversations.deletion.application.port.PreviewSweeps.SweepablePreview;
import conversations.deletion.application.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Sends the messages of previews again that were lost, or whose worker died. */
public final class SweepPreviews {

  private static final int LIMIT = 100;

  private final PreviewSweeps sweeps;
  private final PreviewQueue queue;
  private final InstantSource clock;
  private final Telemetry telemetry;

  public SweepPreviews(
      PreviewSweeps sweeps, PreviewQueue queue, InstantSource clock, Telemetry telemetry) {
    this.sweeps = sweeps;
    this.queue = queue;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * Sweeps once.
   *
   * @throws RuntimeException if a message could not be sent; the next sweep goes on
   */
  public void sweep() {
    Instant now = clock.instant();
    for (SweepablePreview overdue : sweeps.waiting(now, LIMIT)) {
      if (sweeps.putOff(overdue, now.plus(PreviewSettings.SWEEP_GRACE))) {
        queue.send(overdue.preview(), Duration.ZERO);
        telemetry.metrics().add(Metric.PREVIEWS_SWEPT, 1);
        telemetry.log().info("preview_swept", HeldPreview.fields(overdue.preview()));
      }
    }
  }
}
