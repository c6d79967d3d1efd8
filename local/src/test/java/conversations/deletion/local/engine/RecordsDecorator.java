package conversations.deletion.local.engine;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import java.util.List;
import java.util.Optional;

/** Records that behave as the wrapped ones do. Tests override what should go wrong. */
class RecordsDecorator implements ConversationRecords {

  private final ConversationRecords real;

  RecordsDecorator(ConversationRecords real) {
    this.real = real;
  }

  @Override
  public RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    return real.read(bot, conversation, after, limit, consistency);
  }

  @Override
  public IndexPage find(
      BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
    return real.find(bot, wanted, after, limit);
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    return real.delete(records);
  }
}
