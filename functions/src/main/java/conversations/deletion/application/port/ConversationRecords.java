package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.List;

/** The conversation records: what this service exists to delete. */
public interface ConversationRecords extends ConversationReads {

  /** The most records that one {@link #delete} takes (BatchWriteItem's limit). */
  int MAX_BATCH = 25;

  /**
   * Sends one request that deletes these records. It sends no second one: the caller decides
   * whether to send again.
   *
   * @param records 1 to {@value #MAX_BATCH}, no two the same, of one or more bots
   * @throws RuntimeException if the request is refused as a whole, for a reason that does not pass
   *     by itself
   */
  DeleteAnswer delete(List<RecordId> records);

  /**
   * What came of a request that deletes records.
   *
   * @param unprocessed the records that are not known to be deleted; some of them may be, for
   *     example if the answer got lost
   * @param units the write units that the request consumed, as far as its answer tells
   */
  record DeleteAnswer(List<RecordId> unprocessed, double units) {

    /** An outage, or an answer that got lost: nothing is known to be deleted. */
    public static DeleteAnswer ofNone(List<RecordId> records) {
      return new DeleteAnswer(records, 0);
    }
  }

  /** Identifies a record. */
  record RecordId(BotId bot, ConversationId conversation, String recordKey) {

    public boolean isOfSameConversation(RecordId other) {
      return conversation.equals(other.conversation) && bot.equals(other.bot);
    }
  }
}
