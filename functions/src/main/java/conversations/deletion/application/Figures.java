package conversations.deletion.application;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds up what is to be reported together, so that a run reports some lines and not one a record.
 *
 * <p>Safe for use by several threads: whatever was added is reported once, by whoever comes first.
 */
final class Figures {

  private final Metrics metrics;
  private final Map<Metric, Long> sums = new ConcurrentHashMap<>();

  Figures(Metrics metrics) {
    this.metrics = metrics;
  }

  void add(Metric metric, long amount) {
    if (amount != 0) {
      sums.merge(metric, amount, Long::sum);
    }
  }

  /** Reports what was added since the last report, if anything was. */
  void report() {
    Map<Metric, Long> figures = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      Long sum = sums.remove(metric);
      if (sum != null) {
        figures.put(metric, sum);
      }
    }
    if (!figures.isEmpty()) {
      metrics.report(figures);
    }
  }
}
