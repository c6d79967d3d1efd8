package conversations.deletion.application.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import conversations.deletion.application.jobs.ListDeletionJobs.Filter;
import conversations.deletion.application.port.BotJobs.JobPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.testing.InMemoryJobs;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListDeletionJobsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final Instant FIRST = Instant.parse("2026-05-08T00:00:00Z");
  private static final DateRange ALWAYS =
      new DateRange(Instant.EPOCH, Instant.parse("2999-01-01T00:00:00Z"));
  private static final Filter EVERY = new Filter(ALWAYS, Optional.empty());
  private static final Filter FAILED = new Filter(ALWAYS, Optional.of(JobStatus.FAILED));

  private InMemoryJobs jobs = new InMemoryJobs();

  /** Oldest first; of every {@code step} jobs the first has failed. */
  private List<DeletionJob> add(int count, int step) {
    List<DeletionJob> added =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  DeletionJob job = Jobs.queued(BOT, i, FIRST.plusSeconds(i));
                  return i % step == 0 ? Jobs.ended(job, JobStatus.FAILED) : job;
                })
            .toList();
    added.forEach(jobs::add);
    return added;
  }

  private JobPage list(Filter filter, int limit) {
    return new ListDeletionJobs(jobs).list(BOT, filter, Optional.empty(), limit);
  }

  private List<JobPage> pages(Filter filter, int limit) {
    List<JobPage> pages = new ArrayList<>();
    Optional<JobPosition> after = Optional.empty();
    do {
      pages.add(new ListDeletionJobs(jobs).list(BOT, filter, after, limit));
      after = pages.getLast().next();
    } while (after.isPresent());
    return pages;
  }

  @Property(tries = 100)
  void pagesHoldEachJobOnceNewestFirst(
      @ForAll @IntRange(max = 130) int count,
      @ForAll @IntRange(min = 1, max = 5) int step,
      @ForAll @IntRange(min = 1, max = 50) int limit,
      @ForAll boolean filtered) {
    jobs = new InMemoryJobs();
    List<DeletionJob> expected =
        add(count, step).reversed().stream()
            .filter(job -> !filtered || job.state().status() == JobStatus.FAILED)
            .toList();

    List<JobPage> pages = pages(filtered ? FAILED : EVERY, limit);

    assertThat(pages.stream().flatMap(page -> page.jobs().stream())).isEqualTo(expected);
    assertThat(pages).hasSize(Math.max(1, Math.ceilDiv(expected.size(), limit)));
  }

  @Test
  void theLastPageIsKnownToBeTheLast() {
    add(10, 1);

    assertThat(list(EVERY, 10).next()).isEmpty();
    assertThat(list(EVERY, 9).next()).isPresent();
  }

  @Test
  void leavesOutOtherBotsAndWhatWasSubmittedOutsideTheRange() {
    List<DeletionJob> added = add(5, 1);
    jobs.add(Jobs.queued(new BotId("st-2"), 1, FIRST.plusSeconds(2)));

    assertThat(
            list(
                    new Filter(
                        new DateRange(FIRST.plusSeconds(1), FIRST.plusSeconds(3)),
                        Optional.empty()),
                    50)
                .jobs())
        .isEqualTo(added.subList(1, 4).reversed());
  }

  /** A caller that asks for a rare status does not have to wait for a function's whole time. */
  @Test
  void givesUpAndSaysSoWhereTooManyOtherJobsLieBetween() {
    List<DeletionJob> added = add(601, 600);

    List<JobPage> pages = pages(FAILED, 50);

    assertThat(pages)
        .extracting(JobPage::jobs)
        .containsExactly(List.of(added.get(600)), List.of(added.get(0)));
    assertThat(jobs.pagesRead()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 51})
  void refusesPagesThatCannotBe(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> list(EVERY, limit));
  }
}
