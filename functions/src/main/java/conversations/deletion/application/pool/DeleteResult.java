package conversations.deletion.application.pool;

import conversations.deletion.domain.ConversationId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came of deleting the records of one order.
 *
 * @param unsent those of the first conversations of which this order sent no record: they were
 *     withdrawn as it was too late, or the order ended before
 * @param refused conversations with a record that DynamoDB refused by itself, in a request of its
 *     own, for a reason that does not pass; with that failure
 * @param failure what ended the order early; absent: all records of the other conversations are
 *     known to be deleted
 */
public record DeleteResult(
    Set<ConversationId> unsent,
    Map<ConversationId, RuntimeException> refused,
    Optional<Throwable> failure) {

  public DeleteResult {
    unsent = Set.copyOf(unsent);
    refused = Map.copyOf(refused);
  }
}
