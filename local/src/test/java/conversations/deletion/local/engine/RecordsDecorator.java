package conversations.deletion.local.engine;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
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
      BotId bot,
      ChannelUserId channelUser,
      DateRange range,
      Optional<IndexPosition> after,
      int limit) {
    return real.find(bot, channelUser, range, after, limit);
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    return real.delete(records);
  }
}
