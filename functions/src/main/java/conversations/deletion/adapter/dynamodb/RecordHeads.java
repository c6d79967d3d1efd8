package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads what records tell of themselves, and nothing of their content. */
final class RecordHeads {

  private final RecordsTableShape table;
  private final Set<String> retainedTypes;
  private final FieldPlace recordType;
  private final FieldPlace createdAt;
  private final FieldPlace channelUser;
  private final FieldPlace startedAt;

  /**
   * @param retainedTypes the types of records that are left where they are
   */
  RecordHeads(RecordsTableShape table, Set<String> retainedTypes) {
    this.table = table;
    this.retainedTypes = Set.copyOf(retainedTypes);
    this.recordType = table.recordType();
    this.createdAt = table.createdAt();
    this.channelUser = table.channelUser();
    this.startedAt = table.startedAt();
  }

  /** The attributes that are read of a record. */
  List<String> attributes() {
    return List.of(
        table.sortKey(),
        recordType.attribute(),
        createdAt.attribute(),
        channelUser.attribute(),
        table.indexPartitionKey(),
        table.indexSortKey());
  }

  /** Those of a conversation's records that are not retained. */
  List<RecordHead> of(
      BotId bot, ConversationId conversation, List<Map<String, AttributeValue>> items) {
    List<RecordHead> heads = new ArrayList<>(items.size());
    for (Map<String, AttributeValue> item : items) {
      if (isHeader(bot, conversation, item)) {
        heads.add(header(item));
      } else if (!isRetained(item)) {
        heads.add(
            new RecordHead(
                string(item, table.sortKey()), createdAt.moment(item), Optional.empty()));
      }
    }
    return heads;
  }

  private boolean isRetained(Map<String, AttributeValue> item) {
    return !retainedTypes.isEmpty()
        && recordType.text(item).filter(retainedTypes::contains).isPresent();
  }

  private boolean isHeader(
      BotId bot, ConversationId conversation, Map<String, AttributeValue> item) {
    return switch (table.shape().header()) {
      case HeaderMark.OfType(String type) -> recordType.text(item).filter(type::equals).isPresent();
      case HeaderMark.OfSortKey(KeyTemplate template) ->
          template
              .read(string(item, table.sortKey()))
              .filter(ids -> isIn(ids, Placeholder.BOT, bot.value()))
              .filter(ids -> isIn(ids, Placeholder.CONVERSATION, conversation.value()))
              .isPresent();
    };
  }

  private static boolean isIn(Map<Placeholder, String> ids, Placeholder placeholder, String id) {
    return ids.getOrDefault(placeholder, id).equals(id);
  }

  private RecordHead header(Map<String, AttributeValue> item) {
    Optional<Instant> made = createdAt.moment(item);
    Optional<Instant> start = startedAt.moment(item);
    return new RecordHead(
        string(item, table.sortKey()),
        // Where the moment is a part of the key, a header has often none.
        createdAt instanceof FieldPlace.InKey ? made.or(() -> start) : made,
        Optional.of(new SessionHeader(user(item), start.or(() -> made))));
  }

  private Optional<ChannelUserId> user(Map<String, AttributeValue> item) {
    return channelUser
        .text(item)
        .or(
            () ->
                Attributes.findString(item, table.indexPartitionKey())
                    .flatMap(table.shape().user()::read)
                    .map(ids -> ids.get(Placeholder.CHANNEL_USER)))
        .filter(ChannelUserId::isValid)
        .map(ChannelUserId::new);
  }
}
