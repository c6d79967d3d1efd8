package conversations.deletion.local.engine;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.ConversationId;
import java.util.ArrayList;
import java.util.List;

/** Records where some of one conversation are never deleted, but always left unprocessed. */
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
    List<RecordId> left = new ArrayList<>(records.stream().filter(this::stays).toList());
    List<RecordId> taken = records.stream().filter(one -> !stays(one)).toList();
    if (taken.isEmpty()) {
      return DeleteAnswer.ofNone(left);
    }
    DeleteAnswer answer = super.delete(taken);
    left.addAll(answer.unprocessed());
    return new DeleteAnswer(left, answer.units());
  }

  private boolean stays(RecordId record) {
    return record.conversation().equals(conversation) && record.recordKey().startsWith(keyPrefix);
  }
}
