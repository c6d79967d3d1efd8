package conversations.deletion.application.jobs;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobConversations;
import conversations.deletion.application.port.JobConversations.ConversationPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.JobId;
import java.util.Optional;

/** Lists the outcome of each conversation of a deletion job, page by page. */
public final class ListJobConversations {

  /** The most conversations of one page. */
  public static final int MAX_PAGE_SIZE = 100;

  private final DeletionJobs jobs;
  private final JobConversations conversations;

  public ListJobConversations(DeletionJobs jobs, JobConversations conversations) {
    this.jobs = jobs;
    this.conversations = conversations;
  }

  /**
   * Reads one page of a job of a bot.
   *
   * @param from the place where the page begins
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   * @return absent if there is no job with that id, or if it belongs to another bot
   * @throws IllegalArgumentException if the page is not possible
   */
  public Optional<ConversationPage> list(
      BotId bot, JobId job, ConversationPosition from, int limit) {
    if (limit < 1 || limit > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("no such page: " + limit + " conversations");
    }
    return jobs.find(bot, job).map(found -> conversations.list(found, from, limit));
  }
}
