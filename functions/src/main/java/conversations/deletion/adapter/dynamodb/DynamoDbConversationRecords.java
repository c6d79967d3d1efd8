package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.IndexPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The table of conversation records. A {@link RecordsTableShape} names its keys and its index.
 *
 * <p>The partition key is {@code botId#conversationId}. A bot's id contains no {@code #}, so a key
 * reaches exactly one conversation of one bot. No request made here can touch another bot's.
 */
public final class DynamoDbConversationRecords implements ConversationRecords {

  private static final String RECORD_TYPE = "recordType";
  private static final String CREATED_AT = "createdAt";
  private static final String CHANNEL_USER_ID = "cId";
  private static final String SESSION = "SESSION";

  private final DynamoDbClient reads;
  private final DynamoDbClient deletes;
  private final RecordsTableShape shape;
  private final RecordKeys keys;
  private final Map<String, String> readNames;
  private final String projection;
  private final Outages outages;
  private final MetricCounter metrics;

  /**
   * Reads and deletes records of a table of this shape.
   *
   * @param deletes a client that sends each request only once: the SDK's own retries would send
   *     deletes without a check that there is still time for them
   */
  public DynamoDbConversationRecords(
      DynamoDbClient reads,
      DynamoDbClient deletes,
      RecordsTableShape shape,
      Outages outages,
      MetricCounter metrics) {
    this.reads = reads;
    this.deletes = deletes;
    this.shape = shape;
    this.keys = new RecordKeys(shape);
    Map<String, String> read =
        placeholders(
            shape.sortKey(), RECORD_TYPE, CREATED_AT, CHANNEL_USER_ID, shape.indexSortKey());
    this.projection = String.join(", ", read.keySet());
    read.put("#conversation", shape.partitionKey());
    this.readNames = Map.copyOf(read);
    this.outages = outages;
    this.metrics = metrics;
  }

  /**
   * One placeholder for each attribute, as its name may be a reserved word. DynamoDB does not
   * accept two placeholders for the same attribute.
   */
  private static Map<String, String> placeholders(String... attributes) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String attribute : new LinkedHashSet<>(List.of(attributes))) {
      names.put("#a" + names.size(), attribute);
    }
    return names;
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
                    .tableName(shape.table())
                    .keyConditionExpression("#conversation = :conversation")
                    .expressionAttributeNames(readNames)
                    .expressionAttributeValues(
                        Map.of(":conversation", keys.conversation(bot, conversation)))
                    .projectionExpression(projection)
                    .exclusiveStartKey(
                        after.map(key -> keys.record(bot, conversation, key)).orElse(null))
                    .limit(limit)
                    .consistentRead(consistency == Consistency.STRONG)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    metrics.add(Metric.READ_UNITS_CONSUMED, units(response.consumedCapacity()));
    return new RecordPage(
        response.items().stream().map(this::head).toList(),
        0,
        findString(response.lastEvaluatedKey(), shape.sortKey()));
  }

  private RecordHead head(Map<String, AttributeValue> item) {
    boolean isHeader = findString(item, RECORD_TYPE).filter(SESSION::equals).isPresent();
    return new RecordHead(
        string(item, shape.sortKey()),
        findInstant(item, CREATED_AT),
        isHeader ? Optional.of(header(item)) : Optional.empty());
  }

  private SessionHeader header(Map<String, AttributeValue> item) {
    return new SessionHeader(
        findString(item, CHANNEL_USER_ID).filter(ChannelUserId::isValid).map(ChannelUserId::new),
        findInstant(item, shape.indexSortKey()).or(() -> findInstant(item, CREATED_AT)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The index sorts by texts, and texts of moments in the range may stand anywhere in it. So it
   * is asked for all of the channel user's entries, and their moments are compared here. A hundred
   * entries cost about three read units.
   */
  @Override
  public IndexPage find(
      BotId bot,
      ChannelUserId channelUser,
      DateRange range,
      Optional<IndexPosition> after,
      int limit) {
    QueryResponse response =
        reads.query(
            request ->
                request
                    .tableName(shape.table())
                    .indexName(shape.index())
                    .keyConditionExpression("#user = :user")
                    .expressionAttributeNames(Map.of("#user", shape.indexPartitionKey()))
                    .expressionAttributeValues(Map.of(":user", keys.channelUser(bot, channelUser)))
                    .exclusiveStartKey(
                        after
                            .map(position -> keys.indexEntry(bot, channelUser, position))
                            .orElse(null))
                    .limit(limit)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    metrics.add(Metric.READ_UNITS_CONSUMED, units(response.consumedCapacity()));
    List<IndexPosition> ownOfPage =
        response.items().stream().flatMap(item -> keys.position(bot, item).stream()).toList();
    return IndexPage.of(
        ownOfPage,
        range,
        response.hasLastEvaluatedKey()
            ? Optional.of(next(bot, response.lastEvaluatedKey(), ownOfPage))
            : Optional.empty());
  }

  /**
   * Where the next page begins: after the last entry, or after the last entry of this bot if the
   * last entry is another bot's.
   */
  private IndexPosition next(
      BotId bot, Map<String, AttributeValue> lastKey, List<IndexPosition> ownOfPage) {
    return keys.position(bot, lastKey)
        .orElseGet(
            () -> {
              if (ownOfPage.isEmpty()) {
                throw new IllegalStateException(
                    "the index names conversations of another bot only");
              }
              return ownOfPage.getLast();
            });
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    List<WriteRequest> requests = deleteRequests(records);
    try {
      BatchWriteItemResponse response =
          deletes.batchWriteItem(
              request ->
                  request
                      .requestItems(Map.of(shape.table(), requests))
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      double consumed =
          response.consumedCapacity().stream()
              .mapToDouble(DynamoDbConversationRecords::units)
              .sum();
      metrics.add(Metric.WRITE_UNITS_CONSUMED, consumed);
      return new DeleteAnswer(
          response.unprocessedItems().getOrDefault(shape.table(), List.of()).stream()
              .map(request -> keys.recordId(request.deleteRequest().key()))
              .toList(),
          consumed);
    } catch (SdkException e) {
      if (outages.isOutage(e)) {
        return DeleteAnswer.ofNone(records);
      }
      throw e;
    }
  }

  private static double units(ConsumedCapacity consumed) {
    return consumed == null || consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
  }

  private List<WriteRequest> deleteRequests(List<RecordId> records) {
    List<WriteRequest> requests = new ArrayList<>(records.size());
    RecordId before = null;
    AttributeValue conversation = null;
    for (RecordId record : records) {
      if (before == null || !record.isOfSameConversation(before)) {
        conversation = keys.conversation(record.bot(), record.conversation());
      }
      DeleteRequest delete =
          DeleteRequest.builder().key(keys.record(conversation, record.recordKey())).build();
      requests.add(WriteRequest.builder().deleteRequest(delete).build());
      before = record;
    }
    return requests;
  }
}
