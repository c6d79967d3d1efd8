package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.IndexPosition;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes the keys of conversation records and of their index from ids, and reads them back, by the
 * templates of the table's shape.
 *
 * <p>Invariant: a key that is made reads back as the ids that it was made of. So no key reaches
 * another conversation, whatever ids a platform has written.
 */
record RecordKeys(RecordsTableShape table) {

  private RecordsShape shape() {
    return table.shape();
  }

  /** Absent if the table can have no such conversation. */
  Optional<AttributeValue> conversation(BotId bot, ConversationId conversation) {
    return conversation.isUnreadable()
        ? Optional.empty()
        : make(shape().conversation(), bot, Placeholder.CONVERSATION, conversation.value());
  }

  /** Absent if the index can have no such channel user. */
  Optional<AttributeValue> channelUser(BotId bot, ChannelUserId channelUser) {
    return make(shape().user(), bot, Placeholder.CHANNEL_USER, channelUser.value());
  }

  private Optional<AttributeValue> make(
      KeyTemplate template, BotId bot, Placeholder placeholder, String id) {
    if (!isOf(bot, shape().bot())) {
      return Optional.empty();
    }
    return template.make(Map.of(Placeholder.BOT, bot.value(), placeholder, id)).map(Attributes::s);
  }

  private static boolean isOf(BotId bot, Optional<BotId> onlyBot) {
    return onlyBot.isEmpty() || onlyBot.get().equals(bot);
  }

  Map<String, AttributeValue> record(AttributeValue conversation, String recordKey) {
    return Map.of(table.partitionKey(), conversation, table.sortKey(), s(recordKey));
  }

  RecordId recordId(Map<String, AttributeValue> key) {
    Map<Placeholder, String> ids =
        shape().conversation().read(string(key, table.partitionKey())).orElseThrow();
    return new RecordId(
        bot(ids),
        new ConversationId(ids.get(Placeholder.CONVERSATION)),
        string(key, table.sortKey()));
  }

  private BotId bot(Map<Placeholder, String> ids) {
    return shape().bot().orElseGet(() -> new BotId(ids.get(Placeholder.BOT)));
  }

  Map<String, AttributeValue> indexKey(AttributeValue channelUser, IndexPosition position) {
    return Map.of(
        table.indexPartitionKey(),
        channelUser,
        table.indexSortKey(),
        shape().isStartANumber()
            ? AttributeValue.fromN(position.startedAt())
            : s(position.startedAt()),
        table.partitionKey(),
        s(position.conversationKey()),
        table.sortKey(),
        s(position.recordKey()));
  }

  IndexPosition position(Map<String, AttributeValue> entry) {
    return new IndexPosition(
        shape().isStartANumber()
            ? entry.get(table.indexSortKey()).n()
            : string(entry, table.indexSortKey()),
        string(entry, table.partitionKey()),
        string(entry, table.sortKey()));
  }

  /** What an entry of the index says of a bot's conversations; absent if it is another bot's. */
  Optional<IndexEntry> entry(BotId bot, Map<String, AttributeValue> entry) {
    IndexPosition position = position(entry);
    Optional<Map<Placeholder, String>> ids =
        shape().conversation().read(position.conversationKey());
    if (ids.isPresent() && !bot(ids.get()).equals(bot)) {
      return Optional.empty();
    }
    return Optional.of(
        new IndexEntry(
            ids.map(read -> new ConversationId(read.get(Placeholder.CONVERSATION)))
                .filter(id -> !id.isUnreadable())
                .orElseGet(() -> ConversationId.unreadable(position.conversationKey())),
            table.startedAt().moment(entry),
            position));
  }
}
