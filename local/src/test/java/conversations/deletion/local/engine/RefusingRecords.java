package conversations.deletion.local.engine;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.ConversationId;
import java.util.List;

/**
 * Records of which some of one conversation are never deleted. A request that names one of them is
 * refused as a whole, for a reason that lies in the record.
 */
final class RefusingRecords extends RecordsDecorator {

  private final ConversationId conversation;
  private final String keyPrefix;

  /**
   * @param keyPrefix the beginning of the keys of the records that stay
   */
  RefusingRecords(ConversationRecords real, ConversationId conversation, String keyPrefix) {
    super(real);
    this.conversation = conversation;
    this.keyPrefix = keyPrefix;
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    if (records.stream().anyMatch(this::stays)) {
      throw OutageIT.error("ValidationException");
    }
    return super.delete(records);
  }

  private boolean stays(RecordId record) {
    return record.conversation().equals(conversation) && record.recordKey().startsWith(keyPrefix);
  }
}
