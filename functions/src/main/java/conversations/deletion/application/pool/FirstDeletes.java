package conversations.deletion.application.pool;

import conversations.deletion.domain.ConversationId;
import java.util.Set;

/**
 * Conversations of which no delete was sent before.
 *
 * @param until when the first delete of each may be sent at the latest, by the monotonic clock in
 *     nanoseconds. Later it is too late: what was read may be outdated
 */
public record FirstDeletes(Set<ConversationId> conversations, long until) {

  /** Of each conversation a delete was sent before. */
  public static final FirstDeletes NONE = new FirstDeletes(Set.of(), 0);

  public FirstDeletes {
    conversations = Set.copyOf(conversations);
  }
}
