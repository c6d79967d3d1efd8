package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Metric;
import conversations.deletion.testing.RecordedMetrics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final Figures figures = new Figures(metrics);

  @Test
  void areReportedTogetherAndOnce() {
    figures.add(Metric.RECORDS_DELETED, 25);
    figures.add(Metric.JOBS_COMPLETED, 1);
    figures.add(Metric.RECORDS_DELETED, 3);

    figures.report();
    figures.report();

    assertThat(metrics.reports())
        .containsExactly(Map.of(Metric.RECORDS_DELETED, 28L, Metric.JOBS_COMPLETED, 1L));
  }

  @Test
  void reportWholeUnitsOfCapacityAndKeepWhatIsLeft() {
    figures.read(0.5);
    figures.report();
    figures.read(1);
    figures.write(25);
    figures.report();
    figures.read(0.5);
    figures.report();

    assertThat(metrics.reports())
        .containsExactly(
            Map.of(Metric.READ_UNITS_CONSUMED, 1L, Metric.WRITE_UNITS_CONSUMED, 25L),
            Map.of(Metric.READ_UNITS_CONSUMED, 1L));
  }

  @Test
  void areNotReportedWhereThereIsNothingToSay() {
    figures.add(Metric.DELETES_THROTTLED, 0);

    figures.report();

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
                                figures.add(Metric.RECORDS_DELETED, 1);
                                figures.report();
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    figures.report();
    assertThat(metrics.reports().stream().mapToLong(one -> one.get(Metric.RECORDS_DELETED)).sum())
        .isEqualTo(40_000);
  }
}
