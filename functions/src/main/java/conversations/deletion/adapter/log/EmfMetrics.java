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
 * Writes metrics into the log, in CloudWatch's embedded metric format: a line of JSON, from which
 * CloudWatch Logs takes them without a call from here.
 *
 * <p>The one dimension is the stack. Of more, each combination of values would be a metric of its
 * own, and paid for. The line is made here and not by {@code powertools-metrics}: that library is
 * 66 KB itself, but 3.5 MB with what it needs (a second Jackson), where the package may hold 12 MB
 * and has 11.9; and it would be loaded at each cold start of the functions that people wait for.
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
   * @param log told where a line could not be written
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
    // No stream: every submission passes here, and the first is waited for.
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
