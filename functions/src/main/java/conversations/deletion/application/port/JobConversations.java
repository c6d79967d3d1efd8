package conversations.deletion.application.port;

import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import java.util.List;
import java.util.Optional;

/** The conversations of jobs, for looking them up. */
public interface JobConversations {

  /**
   * Reads a page of a job's conversations, by strongly consistent reads, in the order of its chunks
   * and of the places within each.
   *
   * @param from the place where the page begins
   * @param limit the most conversations of the page
   */
  ConversationPage list(DeletionJob job, ConversationPosition from, int limit);

  /**
   * A page of conversations.
   *
   * @param next the place where the next page begins; absent on the last page
   */
  record ConversationPage(
      List<JobConversation> conversations, Optional<ConversationPosition> next) {}
}
