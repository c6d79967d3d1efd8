package conversations.deletion.application.housekeeping;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewQueue;
import conversations.deletion.application.port.PreviewSweeps;
import conversations.deletion.application.port.PreviewSweeps.SweepablePreview;
import conversations.deletion.application.previews.PreviewSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** Sends the messages of previews again that were lost, or whose worker died. */
public final class SweepPreviews implements HousekeepingTask {

  private static final int LIMIT = 100;

  private final PreviewSweeps sweeps;
  private final PreviewQueue queue;
  private final InstantSource clock;
  private final OperatorLog log;
  private final Metrics metrics;

  public SweepPreviews(
      PreviewSweeps sweeps,
      PreviewQueue queue,
      InstantSource clock,
      OperatorLog log,
      Metrics metrics) {
    this.sweeps = sweeps;
    this.queue = queue;
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return "previewsSwept";
  }

  @Override
  public int run(Supplier<Duration> timeLeft) {
    Instant now = clock.instant();
    int swept = 0;
    for (SweepablePreview overdue : sweeps.waiting(now, LIMIT)) {
      if (sweeps.putOff(overdue, now.plus(PreviewSettings.SWEEP_GRACE))) {
        queue.send(overdue.preview(), Duration.ZERO);
        metrics.report(Map.of(Metric.PREVIEWS_SWEPT, 1L));
        log.info("preview_swept", OperatorLog.of(overdue.preview()));
        swept++;
      }
    }
    return swept;
  }
}
