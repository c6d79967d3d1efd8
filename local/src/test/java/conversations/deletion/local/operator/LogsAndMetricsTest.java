package conversations.deletion.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/logs-and-metrics.md} describes every event and metric, and no other. The dashboard
 * and the alarms of the templates name metrics as the functions do.
 */
class LogsAndMetricsTest {

  private static final Path PAGE = Path.of("../docs/logs-and-metrics.md");
  private static final Path SOURCES = Path.of("../functions/src/main/java");

  /** A call with the name of an event; {@code attempt} logs the failure that it is given. */
  private static final Pattern LOGGED =
      Pattern.compile("\\b(info|warn|error|attempt)\\(\\s*\"([a-z]+(?:_[a-z]+)+)\"");

  private static final Pattern EVENT_ROW =
      Pattern.compile("(?m)^\\| `([a-z]+(?:_[a-z]+)+)` \\| ([A-Z, ]+?) \\|");

  private static final Pattern METRIC_ROW =
      Pattern.compile("(?m)^\\| `([A-Z][A-Za-z]+)` \\| (\\w+) \\|");

  private static final Pattern DASHBOARD_METRIC =
      Pattern.compile("\\[\"ConversationDeletion\", *\"(\\w+)\"");

  private static final Pattern ALARM_METRIC =
      Pattern.compile("Namespace: ConversationDeletion[,\\s]+MetricName: (\\w+)");

  @Test
  void tellsOfEachEventAndItsLevels() throws IOException {
    TreeMap<String, Set<String>> logged = new TreeMap<String, Set<String>>();
    for (Path source : sources()) {
      LOGGED
          .matcher(Files.readString(source))
          .results()
          .forEach(
              call ->
                  logged
                      .computeIfAbsent(call.group(2), _ -> new TreeSet<>())
                      .add(level(call.group(1))));
    }

    TreeMap<String, Set<String>> told = new TreeMap<String, Set<String>>();
    EVENT_ROW
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(
            row ->
                assertThat(told.put(row.group(1), new TreeSet<>(Set.of(row.group(2).split(", ")))))
                    .as("%s is described once", row.group(1))
                    .isNull());
    assertThat(logged).hasSizeGreaterThan(20);
    assertThat(told).isEqualTo(logged);
  }

  @Test
  void tellsOfEachMetricAndItsUnit() throws IOException {
    Map<String, String> told =
        METRIC_ROW
            .matcher(Files.readString(PAGE))
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

    assertThat(told)
        .isEqualTo(
            Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::text, Metric::unit)));
  }

  /** If a name is wrong, CloudWatch shows nothing and raises no alarm. */
  @Test
  void theDashboardShowsEachMetricAndNoAlarmWatchesAnother() throws IOException {
    List<String> names = Arrays.stream(Metric.values()).map(Metric::text).toList();
    String templates =
        Files.readString(Path.of("../template.yaml"))
            + Files.readString(Path.of("../monitoring.yaml"));

    assertThat(DASHBOARD_METRIC.matcher(templates).results().map(row -> row.group(1)))
        .containsOnlyOnceElementsOf(names)
        .hasSameSizeAs(names);
    assertThat(ALARM_METRIC.matcher(templates).results().map(alarm -> alarm.group(1)))
        .isNotEmpty()
        .isSubsetOf(names);
  }

  private static Iterable<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static String level(String method) {
    return method.equals("attempt") ? "ERROR" : method.toUpperCase(Locale.ROOT);
  }
}
