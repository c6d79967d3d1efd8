package conversations.deletion.adapter.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.application.port.Metric;
import conversations.deletion.testing.RecordedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmfMetricsTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final JsonLines lines = lines(written);
  private final RecordedLog log = new RecordedLog();
  private final EmfMetrics metrics =
      new EmfMetrics(lines, InstantSource.fixed(NOW), "deletion-dev", log);

  private static JsonLines lines(OutputStream to) {
    return new JsonLines(
        new PrintStream(to, true, StandardCharsets.UTF_8), InstantSource.fixed(NOW));
  }

  @Test
  void writesWhatCloudWatchTakesMetricsFrom() throws IOException {
    lines.begin(Map.of("requestId", "r-1"));
    Map<Metric, Long> figures = new EnumMap<>(Metric.class);
    figures.put(Metric.RECORDS_DELETED, 89L);
    figures.put(Metric.OLDEST_OPEN_JOB_AGE, 3_600L);

    metrics.report(figures);

    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith(System.lineSeparator()).hasLineCount(1);
    assertThat(JSON.std.mapFrom(text))
        .isEqualTo(
            Map.of(
                "timestamp", "2026-05-08T06:22:56.097Z",
                "level", "INFO",
                "message", "metrics",
                "requestId", "r-1",
                "_aws",
                    Map.of(
                        "Timestamp",
                        NOW.toEpochMilli(),
                        "CloudWatchMetrics",
                        List.of(
                            Map.of(
                                "Namespace",
                                "ConversationDeletion",
                                "Dimensions",
                                List.of(List.of("StackName")),
                                "Metrics",
                                List.of(
                                    Map.of("Name", "RecordsDeleted", "Unit", "Count"),
                                    Map.of("Name", "OldestOpenJobAge", "Unit", "Seconds"))))),
                "StackName", "deletion-dev",
                "RecordsDeleted", 89,
                "OldestOpenJobAge", 3_600));
  }

  @Test
  void noLineCanHoldMoreMetricsThanCloudWatchReadsOfIt() {
    assertThat(Metric.values()).hasSizeLessThanOrEqualTo(100);
    assertThat(Metric.values()).extracting(Metric::text).doesNotHaveDuplicates();
  }

  @Test
  void stopsNothingWhereItCanNotBeWritten() {
    JsonLines broken =
        lines(
            new OutputStream() {
              @Override
              public void write(int octet) {
                throw new IllegalStateException("broken");
              }
            });

    new EmfMetrics(broken, InstantSource.fixed(NOW), "deletion-dev", log)
        .report(Map.of(Metric.JOBS_SUBMITTED, 1L));

    assertThat(log.lines())
        .singleElement()
        .matches(line -> line.event().equals("metrics_not_written"));
  }
}
