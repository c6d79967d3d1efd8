package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.CapacityMeter;
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
public final class Figures implements CapacityMeter {

  private final Metrics metrics;
  private final Map<Metric, Double> sums = new ConcurrentHashMap<>();

  public Figures(Metrics metrics) {
    this.metrics = metrics;
  }

  public void add(Metric metric, double amount) {
    if (amount != 0) {
      sums.merge(metric, amount, Double::sum);
    }
  }

  @Override
  public void read(double units) {
    add(Metric.READ_UNITS_CONSUMED, units);
  }

  @Override
  public void write(double units) {
    add(Metric.WRITE_UNITS_CONSUMED, units);
  }

  /** Reports what was added since the last report, if anything was; half a unit waits. */
  public void report() {
    Map<Metric, Long> figures = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      Double sum = sums.remove(metric);
      if (sum != null) {
        long whole = (long) Math.floor(sum);
        add(metric, sum - whole);
        if (whole != 0) {
          figures.put(metric, whole);
        }
      }
    }
    if (!figures.isEmpty()) {
      metrics.report(figures);
    }
  }
}
