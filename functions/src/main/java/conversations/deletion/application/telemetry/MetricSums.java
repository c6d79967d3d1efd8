package conversations.deletion.application.telemetry;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.application.port.Metrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sums metrics up and reports them together, so that a run reports a few lines and not one for each
 * record.
 *
 * <p>Safe for use by several threads: what was added is reported once, by the thread that comes
 * first.
 */
public final class MetricSums implements MetricCounter {

  private final Metrics metrics;
  private final Map<Metric, Double> sums = new ConcurrentHashMap<>();

  public MetricSums(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void add(Metric metric, double amount) {
    if (amount != 0) {
      sums.merge(metric, amount, Double::sum);
    }
  }

  /**
   * Reports what was added since the last report, if anything was. A half unit waits for a later
   * report.
   */
  public void report() {
    Map<Metric, Long> whole = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      Double sum = sums.remove(metric);
      if (sum != null) {
        long units = (long) Math.floor(sum);
        add(metric, sum - units);
        if (units != 0) {
          whole.put(metric, units);
        }
      }
    }
    if (!whole.isEmpty()) {
      metrics.report(whole);
    }
  }
}
