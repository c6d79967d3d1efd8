package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.KeyOrder;
import conversations.deletion.domain.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Reads the table of conversation records. A {@link RecordsTableShape} says what its keys are
 * called and how they are made.
 */
public final class DynamoDbConversationReads implements ConversationReads {

  private static final KeyOrder ORDER = KeyOrder.INSTANCE;
  private static final String SORT_KEY = "#sortKey";

  private final DynamoDbClient dynamoDb;
  private final RecordsTableShape table;
  private final RecordKeys keys;
  private final RecordHeads heads;
  private final ConversationIndex index;
  private final Map<String, String> readNames;
  private final String projection;
  private final MetricCounter metrics;

  /**
   * Reads records of a table of this shape.
   *
   * @param retainedTypes the types of records that are left where they are
   */
  public DynamoDbConversationReads(
      DynamoDbClient dynamoDb,
      RecordsTableShape table,
      Set<String> retainedTypes,
      MetricCounter metrics) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.keys = new RecordKeys(table);
    this.heads = new RecordHeads(table, retainedTypes);
    this.index = new ConversationIndex(dynamoDb, table);
    Map<String, String> read = placeholders(heads.attributes());
    this.projection = String.join(", ", read.keySet());
    read.put("#conversation", table.partitionKey());
    this.readNames = Map.copyOf(read);
    this.metrics = metrics;
  }

  /**
   * One placeholder for each attribute, as its name may be a reserved word. DynamoDB does not
   * accept two placeholders for the same attribute. The first is the sort key.
   */
  private static Map<String, String> placeholders(List<String> attributes) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String attribute : new LinkedHashSet<>(attributes)) {
      names.put(names.isEmpty() ? SORT_KEY : "#a" + names.size(), attribute);
    }
    return names;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where only some sort keys are the conversation's, the ranges of these are read one after
   * another, each by a request of its own.
   */
  @Override
  public RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    Optional<AttributeValue> key = keys.conversation(bot, conversation);
    List<String> ranges = key.isPresent() ? ranges(after) : List.of();
    List<RecordHead> records = new ArrayList<>();
    int seen = 0;
    Volume volume = Volume.NONE;
    for (int i = 0; i < ranges.size(); i++) {
      QueryResponse page = query(key.get(), ranges.get(i), after, limit - seen, consistency);
      records.addAll(heads.of(bot, conversation, page.items()));
      seen += page.items().size();
      volume = volume.plus(volume(page, consistency));
      if (page.hasLastEvaluatedKey()) {
        return page(records, seen, volume, findString(page.lastEvaluatedKey(), table.sortKey()));
      }
      if (seen == limit && i + 1 < ranges.size()) {
        return page(records, seen, volume, findString(page.items().getLast(), table.sortKey()));
      }
    }
    return page(records, seen, volume, Optional.empty());
  }

  private static RecordPage page(
      List<RecordHead> records, int seen, Volume volume, Optional<String> next) {
    return new RecordPage(records, seen - records.size(), volume, next);
  }

  /** An eventually consistent read consumes half. An answer without items is no volume. */
  private static Volume volume(QueryResponse page, Consistency consistency) {
    double units = units(page.consumedCapacity());
    return page.items().isEmpty()
        ? Volume.NONE
        : Volume.ofRequest(consistency == Consistency.STRONG ? units : 2 * units);
  }

  /** The beginnings of sort keys that are to be read, of which the first may be read in part. */
  private List<String> ranges(Optional<String> after) {
    List<String> all = table.shape().sortKeys().isEmpty() ? List.of("") : table.shape().sortKeys();
    return all.stream()
        .filter(
            range ->
                after
                    .map(key -> key.startsWith(range) || ORDER.compare(range, key) > 0)
                    .orElse(true))
        .toList();
  }

  private QueryResponse query(
      AttributeValue conversation,
      String range,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":conversation", conversation));
    if (!range.isEmpty()) {
      values.put(":range", s(range));
    }
    QueryResponse response =
        dynamoDb.query(
            request ->
                request
                    .tableName(table.table())
                    .keyConditionExpression(
                        range.isEmpty()
                            ? "#conversation = :conversation"
                            : "#conversation = :conversation AND begins_with(#sortKey, :range)")
                    .expressionAttributeNames(readNames)
                    .expressionAttributeValues(values)
                    .projectionExpression(projection)
                    .exclusiveStartKey(
                        after
                            .filter(key -> key.startsWith(range))
                            .map(key -> keys.record(conversation, key))
                            .orElse(null))
                    .limit(limit)
                    .consistentRead(consistency == Consistency.STRONG)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    countRead(response);
    return response;
  }

  private void countRead(QueryResponse response) {
    metrics.add(Metric.READ_UNITS_CONSUMED, units(response.consumedCapacity()));
  }

  @Override
  public IndexPage find(
      BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
    return index.find(bot, wanted, after, limit, this::countRead);
  }

  static double units(ConsumedCapacity consumed) {
    return consumed == null || consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
  }
}
