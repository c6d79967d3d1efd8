package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobPosition;
import java.util.List;
import java.util.Optional;

/** The jobs of one bot, in the order of their submission. */
public interface BotJobs {

  /**
   * Reads a page of a bot's jobs, the newest first.
   *
   * <p>Each job is read with strong consistency. The list of jobs lags a moment behind, so the very
   * newest may be missing.
   *
   * @param submitted when they were submitted
   * @param after the place after which the page begins, within {@code submitted}; absent: the first
   *     page
   * @param limit the most jobs of the page, up to {@value #MAX_PAGE}
   */
  JobPage newestFirst(BotId bot, DateRange submitted, Optional<JobPosition> after, int limit);

  /** The most jobs of one page (BatchGetItem's limit). */
  int MAX_PAGE = 100;

  /**
   * A page of jobs.
   *
   * @param next the place after which the next page begins; absent on the last page
   */
  record JobPage(List<DeletionJob> jobs, Optional<JobPosition> next) {}
}
