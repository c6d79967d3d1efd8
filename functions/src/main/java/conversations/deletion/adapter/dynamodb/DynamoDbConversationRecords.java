package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The table of conversation records.
 *
 * <p>The partition key is {@code botId#conversationId}. A bot's id holds no {@code #}, so a key
 * reaches exactly one conversation of one bot: no request made here can touch another's.
 */
public final class DynamoDbConversationRecords implements ConversationRecords {

  private static final String INDEX = "ConversationsByChannelUser";
  private static final String CONVERSATION_KEY = "conversationKey";
  private static final String RECORD_KEY = "recordKey";
  private static final String CHANNEL_USER_KEY = "channelUserKey";
  private static final String STARTED_AT = "startedAt";
  private static final String SESSION = "SESSION";
  private static final char SEPARATOR = '#';

  private final DynamoDbClient reads;
  private final DynamoDbClient deletes;
  private final String table;
  private final Outages outages;

  /**
   * @param deletes a client that sends each request once: the SDK's own retries would send deletes
   *     without asking whether there is still time for them
   */
  public DynamoDbConversationRecords(
      DynamoDbClient reads, DynamoDbClient deletes, String table, Outages outages) {
    this.reads = reads;
    this.deletes = deletes;
    this.table = table;
    this.outages = outages;
  }

  @Override
  public RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    QueryResponse response =
        reads.query(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("conversationKey = :conversation")
                    .expressionAttributeValues(
                        Map.of(":conversation", s(key(bot, conversation.value()))))
                    .projectionExpression("recordKey, recordType, createdAt, cId, startedAt")
                    .exclusiveStartKey(
                        after.map(key -> recordKey(bot, conversation, key)).orElse(null))
                    .limit(limit)
                    .consistentRead(consistency == Consistency.STRONG));
    return new RecordPage(
        response.items().stream().map(DynamoDbConversationRecords::head).toList(),
        findString(response.lastEvaluatedKey(), RECORD_KEY));
  }

  private static RecordHead head(Map<String, AttributeValue> item) {
    boolean isHeader = findString(item, "recordType").filter(SESSION::equals).isPresent();
    return new RecordHead(
        string(item, RECORD_KEY),
        findInstant(item, "createdAt"),
        isHeader ? Optional.of(header(item)) : Optional.empty());
  }

  private static SessionHeader header(Map<String, AttributeValue> item) {
    return new SessionHeader(
        findString(item, "cId").filter(ChannelUserId::isValid).map(ChannelUserId::new),
        findInstant(item, STARTED_AT));
  }

  @Override
  public IndexPage find(
      BotId bot,
      ChannelUserId channelUser,
      DateRange range,
      Optional<IndexPosition> after,
      int limit) {
    String userKey = key(bot, channelUser.value());
    QueryResponse response =
        reads.query(
            request ->
                request
                    .tableName(table)
                    .indexName(INDEX)
                    .keyConditionExpression(
                        "channelUserKey = :user AND startedAt BETWEEN :from AND :to")
                    .expressionAttributeValues(
                        Map.of(
                            ":user",
                            s(userKey),
                            ":from",
                            s(range.from()),
                            ":to",
                            s(lastTextOfSecond(range.to()))))
                    .exclusiveStartKey(
                        after.map(position -> indexKey(bot, userKey, position)).orElse(null))
                    .limit(limit));
    List<IndexPosition> ownOfPage =
        response.items().stream().flatMap(item -> position(bot, item).stream()).toList();
    return new IndexPage(
        ownOfPage.stream().filter(one -> isWithin(range, one.startedAt())).toList(),
        response.hasLastEvaluatedKey()
            ? Optional.of(next(bot, response.lastEvaluatedKey(), ownOfPage))
            : Optional.empty());
  }

  /**
   * A moment may be written without, or with more than, three digits of its second: such texts sort
   * behind those of the usual form, and this one behind all of the same second.
   */
  private static String lastTextOfSecond(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static boolean isWithin(DateRange range, String startedAt) {
    if (startedAt.compareTo(Timestamps.format(range.to())) <= 0) {
      return true;
    }
    try {
      return range.contains(Timestamps.parse(startedAt));
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  /** Where the next page begins; after the last own entry, where a foreign one ends the page. */
  private static IndexPosition next(
      BotId bot, Map<String, AttributeValue> lastKey, List<IndexPosition> ownOfPage) {
    return position(bot, lastKey)
        .orElseGet(
            () -> {
              if (ownOfPage.isEmpty()) {
                throw new IllegalStateException(
                    "the index names conversations of another bot only");
              }
              return ownOfPage.getLast();
            });
  }

  /** What the index names; empty for an entry that leads to another bot's conversation. */
  private static Optional<IndexPosition> position(BotId bot, Map<String, AttributeValue> item) {
    String conversationKey = string(item, CONVERSATION_KEY);
    String prefix = key(bot, "");
    return conversationKey.length() > prefix.length() && conversationKey.startsWith(prefix)
        ? Optional.of(
            new IndexPosition(
                string(item, STARTED_AT),
                new ConversationId(conversationKey.substring(prefix.length())),
                string(item, RECORD_KEY)))
        : Optional.empty();
  }

  @Override
  public List<RecordId> delete(List<RecordId> records) {
    List<WriteRequest> requests =
        records.stream().map(DynamoDbConversationRecords::deleteRequest).toList();
    try {
      return deletes
          .batchWriteItem(request -> request.requestItems(Map.of(table, requests)))
          .unprocessedItems()
          .getOrDefault(table, List.of())
          .stream()
          .map(request -> recordId(request.deleteRequest().key()))
          .toList();
    } catch (SdkException e) {
      if (outages.isOutage(e)) {
        return records;
      }
      throw e;
    }
  }

  private static WriteRequest deleteRequest(RecordId record) {
    Map<String, AttributeValue> key =
        recordKey(record.bot(), record.conversation(), record.recordKey());
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
  }

  /** A bot's id holds no separator, a conversation's may. */
  private static RecordId recordId(Map<String, AttributeValue> key) {
    String conversationKey = string(key, CONVERSATION_KEY);
    int end = conversationKey.indexOf(SEPARATOR);
    return new RecordId(
        new BotId(conversationKey.substring(0, end)),
        new ConversationId(conversationKey.substring(end + 1)),
        string(key, RECORD_KEY));
  }

  private static Map<String, AttributeValue> recordKey(
      BotId bot, ConversationId conversation, String recordKey) {
    return Map.of(CONVERSATION_KEY, s(key(bot, conversation.value())), RECORD_KEY, s(recordKey));
  }

  private static Map<String, AttributeValue> indexKey(
      BotId bot, String userKey, IndexPosition position) {
    return Map.of(
        CHANNEL_USER_KEY,
        s(userKey),
        STARTED_AT,
        s(position.startedAt()),
        CONVERSATION_KEY,
        s(key(bot, position.conversation().value())),
        RECORD_KEY,
        s(position.recordKey()));
  }

  private static String key(BotId bot, String id) {
    return bot.value() + SEPARATOR + id;
  }
}
