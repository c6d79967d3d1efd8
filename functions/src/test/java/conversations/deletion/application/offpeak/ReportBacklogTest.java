package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Backlog;
import conversations.deletion.application.port.Backlog.Count;
import conversations.deletion.application.port.Backlog.OpenJob;
import conversations.deletion.application.port.Backlog.OpenJobs;
import conversations.deletion.application.port.Metric;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedMetrics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportBacklogTest {

  private static final OffPeakWindow NIGHTS =
      new OffPeakWindow(OffPeakHours.parse("0-5"), ZoneOffset.UTC);

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final RecordedLog log = new RecordedLog();
  private final List<JobRef> lookedUp = new ArrayList<>();
  private Map<JobRef, Instant> waitedUntil = Map.of();
  private Supplier<Count> onHold = () -> new Count(0, true);
  private Instant now = at("2026-05-08T00:01:00Z");

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private void report(Supplier<OpenJobs> openJobs, Supplier<Count> jobsToForget) {
    Backlog backlog =
        new Backlog() {
          @Override
          public OpenJobs openJobs() {
            return openJobs.get();
          }

          @Override
          public Map<JobRef, Instant> waitedUntil(List<JobRef> jobs) {
            assertThat(jobs).hasSizeLessThanOrEqualTo(100);
            lookedUp.addAll(jobs);
            return waitedUntil;
          }

          @Override
          public Count jobsOnHold() {
            return onHold.get();
          }

          @Override
          public Count jobsToForget(Instant moment) {
            assertThat(moment).isEqualTo(now);
            return jobsToForget.get();
          }
        };
    new ReportBacklog(backlog, NIGHTS, () -> now, metrics, log).report();
  }

  private void report(OpenJobs openJobs) {
    report(() -> openJobs, () -> new Count(0, true));
  }

  private void report(Instant... submittedAt) {
    report(new OpenJobs(jobs(submittedAt), true));
  }

  private List<OpenJob> jobs(Instant... submittedAt) {
    return IntStream.range(0, submittedAt.length)
        .mapToObj(number -> new OpenJob(job(number), submittedAt[number], now))
        .toList();
  }

  private static JobRef job(int number) {
    BotId bot = new BotId("st-1");
    return new JobRef(bot, JobId.of(bot, new ClientAppId("app-1"), Integer.toString(number)));
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
        .containsExactly(
            figures(0, 0, 0), Map.of(Metric.JOBS_ON_HOLD, 0L), Map.of(Metric.JOBS_TO_FORGET, 0L));
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

  /** Told on the Monday to wait for the Friday, it has the nights to Saturday, Sunday, ... */
  @Test
  void aJobThatWasToldToWaitIsAsOldAsItsMomentAndHasAllItsWindowsAfterThat() {
    Instant monday = at("2026-05-04T12:00:00Z");
    waitedUntil = Map.of(job(0), at("2026-05-08T12:00:00Z"));

    now = at("2026-05-12T05:59:59Z");
    report(monday);
    now = at("2026-05-12T06:00:00Z");
    report(monday);

    assertThat(reportsOfOpenJobs()).containsExactly(figures(1, 0, 323_999), figures(1, 1, 324_000));
  }

  /** It may have been submitted years ago. */
  @Test
  void aJobThatWaitedForHoldsIsAsOldAsTheEndOfThatAndHasAllItsWindowsAfterThat() {
    Instant yearsAgo = at("2021-05-04T12:00:00Z");
    waitedUntil = Map.of(job(0), at("2026-05-08T00:00:00Z"));

    now = at("2026-05-08T00:05:00Z");
    report(yearsAgo);

    assertThat(reportsOfOpenJobs()).containsExactly(figures(1, 0, 300));
  }

  @Test
  void tellsHowManyJobsWaitForHoldsAndCallsNoneOfThemOverdue() {
    onHold = () -> new Count(3, true);

    report();

    assertThat(metrics.reports()).contains(figures(0, 0, 0), Map.of(Metric.JOBS_ON_HOLD, 3L));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void saysSoWhereMoreJobsWaitForHoldsThanWereCounted() {
    onHold = () -> new Count(25_000, false);

    report();

    assertThat(metrics.reports()).contains(Map.of(Metric.JOBS_ON_HOLD, 25_000L));
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> assertThat(line.fields()).isEqualTo(Map.of("jobsOnHoldAtLeast", 25_000L)));
  }

  /** Its moment is further away than any job pauses, so nothing has to be read. */
  @Test
  void aJobThatWaitsForLongIsNeitherOldNorLookedUp() {
    report(
        new OpenJobs(
            List.of(
                new OpenJob(job(0), now.minusSeconds(8_640_000), now.plusSeconds(400_000)),
                new OpenJob(job(1), now.minusSeconds(5), now)),
            true));

    assertThat(reportsOfOpenJobs()).containsExactly(figures(2, 0, 5));
    assertThat(lookedUp).containsExactly(job(1));
  }

  @Test
  void looksUpNoMoreJobsThanDecideSomething() {
    Instant[] submittedAt =
        IntStream.range(0, 300)
            .mapToObj(number -> now.minusSeconds(300 - number))
            .toArray(Instant[]::new);

    report(submittedAt);

    assertThat(reportsOfOpenJobs()).containsExactly(figures(300, 0, 300));
    assertThat(lookedUp).hasSize(100);
  }

  @Test
  void looksForTheOldestJobBehindThoseThatWereToldToWait() {
    waitedUntil =
        IntStream.range(0, 150)
            .boxed()
            .collect(Collectors.toMap(ReportBacklogTest::job, _ -> now.plusSeconds(60)));
    Instant[] submittedAt =
        IntStream.range(0, 160)
            .mapToObj(number -> now.minusSeconds(800 - number))
            .toArray(Instant[]::new);

    report(submittedAt);

    assertThat(reportsOfOpenJobs()).containsExactly(figures(160, 0, 650));
  }

  @Test
  void looksUpNoMoreThan500JobsAndSaysSo() {
    Instant monday = at("2026-05-04T12:00:00Z");
    now = at("2026-05-12T06:00:00Z");

    report(Collections.nCopies(600, monday).toArray(Instant[]::new));

    assertThat(reportsOfOpenJobs())
        .extracting(one -> one.get(Metric.OVERDUE_JOBS))
        .containsExactly(500L);
    assertThat(log.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.fields()).isEqualTo(Map.of("overdueJobsAtLeast", 500L)));
  }

  /** The functions' clocks differ. */
  @Test
  void noJobIsYoungerThanNow() {
    report(now.plusSeconds(2));

    assertThat(reportsOfOpenJobs()).containsExactly(figures(1, 0, 0));
  }

  @Test
  void saysSoWhereThereAreMoreJobsThanWereCounted() {
    report(new OpenJobs(jobs(now, now), false));

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
    report(() -> new OpenJobs(List.of(), true), () -> new Count(2_000, true));

    assertThat(metrics.reports()).contains(Map.of(Metric.JOBS_TO_FORGET, 2_000L));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void saysSoWhereMoreJobsAreToForgetThanWereCounted() {
    report(() -> new OpenJobs(List.of(), true), () -> new Count(25_000, false));

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

    report(() -> fail(failure), () -> new Count(7, true));
    report(() -> new OpenJobs(List.of(), true), () -> fail(failure));

    assertThat(metrics.reports())
        .containsExactly(
            Map.of(Metric.JOBS_ON_HOLD, 0L),
            Map.of(Metric.JOBS_TO_FORGET, 7L),
            figures(0, 0, 0),
            Map.of(Metric.JOBS_ON_HOLD, 0L));
    assertThat(log.lines())
        .extracting(RecordedLog.Line::event)
        .containsExactly("backlog_not_counted", "backlog_not_counted");
  }

  @Test
  void stopsNothingWhereItFails() {
    RuntimeException failure = new RuntimeException("out of reach");
    onHold = () -> fail(failure);

    report(() -> fail(failure), () -> fail(failure));

    assertThat(metrics.reports()).isEmpty();
    assertThat(log.lines())
        .hasSize(3)
        .allSatisfy(
            line -> {
              assertThat(line.event()).isEqualTo("backlog_not_counted");
              assertThat(line.cause()).contains(failure);
            });
  }
}
