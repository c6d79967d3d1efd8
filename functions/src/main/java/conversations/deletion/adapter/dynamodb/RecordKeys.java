package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.IndexPosition;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes the keys of conversation records and of their index from ids, and reads them back. A key is
 * the bot's id, a separator, and the id of the conversation or of the channel user. A bot's id
 * contains no separator; another id may.
 */
record RecordKeys(RecordsTableShape shape) {

  private static final char SEPARATOR = '#';

  AttributeValue conversation(BotId bot, ConversationId conversation) {
    return s(join(bot, conversation.value()));
  }

  AttributeValue channelUser(BotId bot, ChannelUserId channelUser) {
    return s(join(bot, channelUser.value()));
  }

  Map<String, AttributeValue> record(BotId bot, ConversationId conversation, String recordKey) {
    return record(conversation(bot, conversation), recordKey);
  }

  Map<String, AttributeValue> record(AttributeValue conversation, String recordKey) {
    return Map.of(shape.partitionKey(), conversation, shape.sortKey(), s(recordKey));
  }

  Map<String, AttributeValue> indexEntry(
      BotId bot, ChannelUserId channelUser, IndexPosition position) {
    return Map.of(
        shape.indexPartitionKey(),
        channelUser(bot, channelUser),
        shape.indexSortKey(),
        s(position.startedAt()),
        shape.partitionKey(),
        conversation(bot, position.conversation()),
        shape.sortKey(),
        s(position.recordKey()));
  }

  RecordId recordId(Map<String, AttributeValue> key) {
    String conversationKey = string(key, shape.partitionKey());
    int end = conversationKey.indexOf(SEPARATOR);
    return new RecordId(
        new BotId(conversationKey.substring(0, end)),
        new ConversationId(conversationKey.substring(end + 1)),
        string(key, shape.sortKey()));
  }

  /** The position that an index entry names; empty if its conversation is another bot's. */
  Optional<IndexPosition> position(BotId bot, Map<String, AttributeValue> entry) {
    String conversationKey = string(entry, shape.partitionKey());
    String prefix = join(bot, "");
    return conversationKey.length() > prefix.length() && conversationKey.startsWith(prefix)
        ? Optional.of(
            new IndexPosition(
                string(entry, shape.indexSortKey()),
                new ConversationId(conversationKey.substring(prefix.length())),
                string(entry, shape.sortKey())))
        : Optional.empty();
  }

  private static String join(BotId bot, String id) {
    return bot.value() + SEPARATOR + id;
  }
}
