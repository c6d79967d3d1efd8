package conversations.deletion.adapter.log;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes metrics into the log, in CloudWatch's embedded metric format. Each line is JSON, from
 * which CloudWatch Logs takes the metrics, so no call is needed here.
 *
 * <p>The only dimension is the stack. With more dimensions, each combination of values would be a
 * metric of its own, and paid for.
 *
 * <p>The line is made here, without {@code powertools-metrics}. That library takes 66 KB itself,
 * but 3.5 MB with its dependencies (a second Jackson). The package may hold 12 MB and has 11.9. The
 * library would also be loaded at each cold start of the functions that people wait for.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Specification: embedded metric format</a>; it allows 100 metrics a line, and 1 MB
 */
public final class EmfMetrics implements Metrics {

  private static final String NAMESPACE = "ConversationDeletion";
  private static final String STACK_NAME = "StackName";

  private final JsonLines lines;
  private final InstantSource clock;
  private final String stackName;
  private final OperatorLog log;

  /**
   * Writes the metrics of a stack.
   *
   * @param log gets a warning if a line could not be written
   */
  public EmfMetrics(JsonLines lines, InstantSource clock, String stackName, OperatorLog log) {
    this.lines = lines;
    this.clock = clock;
    this.stackName = stackName;
    this.log = log;
  }

  @Override
  public void report(Map<Metric, Long> figures) {
    try {
      lines.write("INFO", "metrics", fields(figures));
    } catch (RuntimeException e) {
      log.warn("metrics_not_written", Map.of(), e);
    }
  }

  private Map<String, Object> fields(Map<Metric, Long> figures) {
    Map<String, Object> fields = new LinkedHashMap<>();
    List<Map<String, String>> definitions = new ArrayList<>();
    // No streams here: they cost time at a function's cold start.
    figures.forEach(
        (metric, value) -> {
          definitions.add(Map.of("Name", metric.text(), "Unit", metric.unit()));
          fields.put(metric.text(), value);
        });
    fields.put(
        "_aws",
        Map.of(
            "Timestamp",
            clock.millis(),
            "CloudWatchMetrics",
            List.of(
                Map.of(
                    "Namespace",
                    NAMESPACE,
                    "Dimensions",
                    List.of(List.of(STACK_NAME)),
                    "Metrics",
                    definitions))));
    fields.put(STACK_NAME, stackName);
    return fields;
  }
}
