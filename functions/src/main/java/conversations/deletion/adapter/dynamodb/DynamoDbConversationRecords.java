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
 * <p>The partition key is {@code botId#conversationId}. Ids hold no {@code #}, so a key reaches
 * exactly one conversation of one bot: no request made here can touch another's.
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
                        Map.of(":user", s(userKey), ":from", s(range.from()), ":to", s(range.to())))
                    .exclusiveStartKey(
                        after.map(position -> indexKey(bot, userKey, position)).orElse(null))
                    .limit(limit));
    List<IndexPosition> found = response.items().stream().map(item -> position(bot, item)).toList();
    Optional<IndexPosition> next =
        response.hasLastEvaluatedKey()
            ? Optional.of(position(bot, response.lastEvaluatedKey()))
            : Optional.empty();
    return new IndexPage(found, next);
  }

  private static IndexPosition position(BotId bot, Map<String, AttributeValue> item) {
    String conversationKey = string(item, CONVERSATION_KEY);
    String prefix = key(bot, "");
    if (!conversationKey.startsWith(prefix)) {
      throw new IllegalStateException("the index names a conversation of another bot");
    }
    return new IndexPosition(
        string(item, STARTED_AT),
        new ConversationId(conversationKey.substring(prefix.length())),
        string(item, RECORD_KEY));
  }

  @Override
  public List<RecordId> delete(BotId bot, List<RecordId> records) {
    List<WriteRequest> requests =
        records.stream().map(record -> deleteRequest(bot, record)).toList();
    try {
      return deletes
          .batchWriteItem(request -> request.requestItems(Map.of(table, requests)))
          .unprocessedItems()
          .getOrDefault(table, List.of())
          .stream()
          .map(request -> recordId(bot, request.deleteRequest().key()))
          .toList();
    } catch (SdkException e) {
      if (outages.isOutage(e)) {
        return records;
      }
      throw e;
    }
  }

  private static WriteRequest deleteRequest(BotId bot, RecordId record) {
    Map<String, AttributeValue> key = recordKey(bot, record.conversation(), record.recordKey());
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
  }

  private static RecordId recordId(BotId bot, Map<String, AttributeValue> key) {
    String conversation = string(key, CONVERSATION_KEY).substring(key(bot, "").length());
    return new RecordId(new ConversationId(conversation), string(key, RECORD_KEY));
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
