package conversations.deletion.application.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Metric;
import conversations.deletion.testing.RecordedMetrics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricSumsTest {

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final MetricSums sums = new MetricSums(metrics);

  @Test
  void areReportedTogetherAndOnce() {
    sums.add(Metric.RECORDS_DELETED, 25);
    sums.add(Metric.JOBS_COMPLETED, 1);
    sums.add(Metric.RECORDS_DELETED, 3);

    sums.report();
    sums.report();

    assertThat(metrics.reports())
        .containsExactly(Map.of(Metric.RECORDS_DELETED, 28L, Metric.JOBS_COMPLETED, 1L));
  }

  @Test
  void reportWholeUnitsOfCapacityAndKeepWhatIsLeft() {
    sums.add(Metric.READ_UNITS_CONSUMED, 0.5);
    sums.report();
    sums.add(Metric.READ_UNITS_CONSUMED, 1);
    sums.add(Metric.WRITE_UNITS_CONSUMED, 25);
    sums.report();
    sums.add(Metric.READ_UNITS_CONSUMED, 0.5);
    sums.report();

    assertThat(metrics.reports())
        .containsExactly(
            Map.of(Metric.READ_UNITS_CONSUMED, 1L, Metric.WRITE_UNITS_CONSUMED, 25L),
            Map.of(Metric.READ_UNITS_CONSUMED, 1L));
  }

  @Test
  void areNotReportedWhereThereIsNothingToSay() {
    sums.add(Metric.DELETES_THROTTLED, 0);

    sums.report();

    assertThat(metrics.reports()).isEmpty();
  }

  @Test
  void loseNothingThoughMayAddAndReportAtTheSameTime() throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                _ ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (int i = 0; i < 5_000; i++) {
                                sums.add(Metric.RECORDS_DELETED, 1);
                                sums.report();
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    sums.report();
    assertThat(metrics.reports().stream().mapToLong(one -> one.get(Metric.RECORDS_DELETED)).sum())
        .isEqualTo(40_000);
  }
}
