package conversations.deletion.testing;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the figures that were reported. */
public final class RecordedMetrics implements Metrics {

  private final List<Map<Metric, Long>> reports = new ArrayList<>();

  @Override
  public synchronized void report(Map<Metric, Long> figures) {
    reports.add(Map.copyOf(figures));
  }

  public synchronized List<Map<Metric, Long>> reports() {
    return List.copyOf(reports);
  }
}
