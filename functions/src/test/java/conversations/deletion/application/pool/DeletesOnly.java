package conversations.deletion.application.pool;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import java.util.Optional;

/** Conversation records that may be deleted, but not read. */
@FunctionalInterface
interface DeletesOnly extends ConversationRecords {

  @Override
  default RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    throw new UnsupportedOperationException();
  }

  @Override
  default IndexPage find(
      BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
    throw new UnsupportedOperationException();
  }
}
