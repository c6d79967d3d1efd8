package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.Backlog.JobsToForget;
import conversations.deletion.application.port.Backlog.OpenJobs;
import conversations.deletion.application.port.Metric;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedMetrics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReportBacklogTest {

  private static final OffPeakWindow NIGHTS =
      new OffPeakWindow(OffPeakHours.parse("0-5"), ZoneOffset.UTC);

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final RecordedLog log = new RecordedLog();
  private Instant now = at("2026-05-08T00:01:00Z");

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private void report(Supplier<OpenJobs> openJobs, Supplier<JobsToForget> jobsToForget) {
    Backlog backlog =
        new Backlog() {
          @Override
          public OpenJobs openJobs() {
            return openJobs.get();
          }

          @Override
          public JobsToForget jobsToForget(Instant moment) {
            assertThat(moment).isEqualTo(now);
            return jobsToForget.get();
          }
        };
    new ReportBacklog(backlog, NIGHTS, () -> now, metrics, log).report();
  }

  private void report(OpenJobs openJobs) {
    report(() -> openJobs, () -> new JobsToForget(0, true));
  }

  private void report(Instant... submittedAt) {
    report(new OpenJobs(List.of(submittedAt), true));
  }

  private List<Map<Metric, Long>> reportsOfOpenJobs() {
    return metrics.reports().stream().filter(one -> one.containsKey(Metric.OPEN_JOBS)).toList();
  }

  private static <T> T fail(RuntimeException failure) {
    throw failure;
  }

  private static Map<Metric, Long> figures(long open, long overdue, long oldestAge) {
    return Map.of(
        Metric.OPEN_JOBS, open,
        Metric.OVERDUE_JOBS, overdue,
        Metric.OLDEST_OPEN_JOB_AGE, oldestAge);
  }

  @Test
  void saysThatNothingIsOpenWhereNothingIs() {
    report();

    assertThat(metrics.reports())
        .containsExactly(figures(0, 0, 0), Map.of(Metric.JOBS_TO_FORGET, 0L));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void tellsHowLongTheOldestJobHasWaited() {
    report(now.minusSeconds(10), now.minusSeconds(3_600), now.minusMillis(1));

    assertThat(reportsOfOpenJobs()).containsExactly(figures(3, 0, 3_600));
  }

  /** Submitted on a Monday, a job has the nights to Tuesday, Wednesday, Thursday and Friday. */
  @Test
  void aJobIsOverdueOnceItsFirstWindowAndThoseOfItsThreeRetriesAreOver() {
    Instant monday = at("2026-05-04T12:00:00Z");

    now = at("2026-05-08T05:59:59.999Z");
    report(monday);
    now = at("2026-05-08T06:00:00Z");
    report(monday);

    assertThat(reportsOfOpenJobs())
        .extracting(one -> one.get(Metric.OVERDUE_JOBS))
        .containsExactly(0L, 1L);
  }

  /** The functions' clocks differ. */
  @Test
  void noJobIsYoungerThanNow() {
    report(now.plusSeconds(2));

    assertThat(reportsOfOpenJobs()).containsExactly(figures(1, 0, 0));
  }

  @Test
  void saysSoWhereThereAreMoreJobsThanWereCounted() {
    report(new OpenJobs(List.of(now, now), false));

    assertThat(reportsOfOpenJobs()).containsExactly(figures(2, 0, 0));
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("backlog_counted_in_part");
              assertThat(line.fields()).isEqualTo(Map.of("openJobsAtLeast", 2L));
            });
  }

  @Test
  void tellsHowManyEndedJobsAreToForget() {
    report(() -> new OpenJobs(List.of(), true), () -> new JobsToForget(2_000, true));

    assertThat(metrics.reports()).contains(Map.of(Metric.JOBS_TO_FORGET, 2_000L));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void saysSoWhereMoreJobsAreToForgetThanWereCounted() {
    report(() -> new OpenJobs(List.of(), true), () -> new JobsToForget(25_000, false));

    assertThat(metrics.reports()).contains(Map.of(Metric.JOBS_TO_FORGET, 25_000L));
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("backlog_counted_in_part");
              assertThat(line.fields()).isEqualTo(Map.of("jobsToForgetAtLeast", 25_000L));
            });
  }

  @Test
  void countsTheOneWhereItCanNotCountTheOther() {
    RuntimeException failure = new RuntimeException("out of reach");

    report(() -> fail(failure), () -> new JobsToForget(7, true));
    report(() -> new OpenJobs(List.of(), true), () -> fail(failure));

    assertThat(metrics.reports())
        .containsExactly(Map.of(Metric.JOBS_TO_FORGET, 7L), figures(0, 0, 0));
    assertThat(log.lines())
        .extracting(RecordedLog.Line::event)
        .containsExactly("backlog_not_counted", "backlog_not_counted");
  }

  @Test
  void stopsNothingWhereItFails() {
    RuntimeException failure = new RuntimeException("out of reach");

    report(() -> fail(failure), () -> fail(failure));

    assertThat(metrics.reports()).isEmpty();
    assertThat(log.lines())
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(line.event()).isEqualTo("backlog_not_counted");
              assertThat(line.cause()).contains(failure);
            });
  }
}
