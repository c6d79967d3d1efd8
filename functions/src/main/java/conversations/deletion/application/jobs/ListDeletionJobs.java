package conversations.deletion.application.jobs;

import conversations.deletion.application.port.BotJobs;
import conversations.deletion.application.port.BotJobs.JobPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists a bot's deletion jobs, page by page. */
public final class ListDeletionJobs {

  /** The most jobs of one page. */
  public static final int MAX_PAGE_SIZE = 50;

  /**
   * How many pages are read in search of jobs of one status: {@value #MAX_READS} times {@value
   * BotJobs#MAX_PAGE} jobs. The caller then gets what was found, and can ask for the rest.
   */
  private static final int MAX_READS = 5;

  private final BotJobs jobs;

  public ListDeletionJobs(BotJobs jobs) {
    this.jobs = jobs;
  }

  /**
   * Reads one page, newest first.
   *
   * <p>It has a next page if, and only if, more jobs follow. There is one exception: if too many
   * jobs of another status lie between, they are not all read. Then the page may be short or empty,
   * and so may the next one.
   *
   * @param after the place after which the page begins, within the filter's range; absent: the
   *     first page
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   * @throws IllegalArgumentException if the page is not possible
   */
  public JobPage list(BotId bot, Filter filter, Optional<JobPosition> after, int limit) {
    if (limit < 1 || limit > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("no such page: " + limit + " jobs");
    }
    // Reading one job more than is wanted shows whether any follow.
    int size = filter.status().isPresent() ? BotJobs.MAX_PAGE : limit + 1;
    List<DeletionJob> found = new ArrayList<>();
    Optional<JobPosition> position = after;
    for (int reads = 0; reads < MAX_READS; reads++) {
      JobPage page = jobs.newestFirst(bot, filter.submitted(), position, size);
      for (DeletionJob job : page.jobs()) {
        if (filter.admits(job)) {
          found.add(job);
        }
      }
      if (found.size() > limit) {
        List<DeletionJob> wanted = List.copyOf(found.subList(0, limit));
        return new JobPage(wanted, Optional.of(JobPosition.of(wanted.getLast())));
      }
      position = page.next();
      if (position.isEmpty()) {
        break;
      }
    }
    return new JobPage(List.copyOf(found), position);
  }

  /**
   * Which jobs are wanted.
   *
   * @param submitted when they were submitted
   * @param status their status; absent: any status
   */
  public record Filter(DateRange submitted, Optional<JobStatus> status) {

    private boolean admits(DeletionJob job) {
      return status.isEmpty() || status.get() == job.state().status();
    }
  }
}
