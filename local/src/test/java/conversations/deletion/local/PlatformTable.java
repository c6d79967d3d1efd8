package conversations.deletion.local;

import static org.awaitility.Awaitility.await;

import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** A table of conversation records that a platform already had, with names of its own. */
public final class PlatformTable implements AutoCloseable {

  private final DynamoDbClient dynamoDb;
  private final RecordsTableShape shape;
  private final Map<String, String> names;

  private PlatformTable(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
    this.shape =
        new RecordsTableShape(
            "platform-" + UUID.randomUUID(), "key", "name", "BY_USER", "user", "date");
    this.names =
        Map.of(
            RecordsTableShape.PARTITION_KEY, shape.partitionKey(),
            RecordsTableShape.SORT_KEY, shape.sortKey(),
            RecordsTableShape.INDEX_PARTITION_KEY, shape.indexPartitionKey(),
            RecordsTableShape.INDEX_SORT_KEY, shape.indexSortKey());
  }

  /** Creates one whose keys have reserved words of DynamoDB as names. */
  public static PlatformTable create(DynamoDbClient dynamoDb) {
    PlatformTable table = new PlatformTable(dynamoDb);
    RecordsTableShape shape = table.shape;
    table.create(
        request ->
            request
                .attributeDefinitions(table.keyAttributes())
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName(shape.index())
                        .keySchema(keys(shape.indexPartitionKey(), shape.indexSortKey()))
                        .projection(keysOnly())
                        .build()));
    return table;
  }

  /** Creates one that lacks the index. */
  public static PlatformTable createWithoutIndex(DynamoDbClient dynamoDb) {
    PlatformTable table = new PlatformTable(dynamoDb);
    table.create(
        request ->
            request.attributeDefinitions(
                strings(table.shape.partitionKey(), table.shape.sortKey())));
    return table;
  }

  private void create(Consumer<CreateTableRequest.Builder> rest) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(shape.table())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys(shape.partitionKey(), shape.sortKey()));
    rest.accept(request);
    dynamoDb.createTable(request.build());
    try (DynamoDbWaiter waiter = dynamoDb.waiter()) {
      waiter.waitUntilTableExists(describe -> describe.tableName(shape.table()));
    }
  }

  public RecordsTableShape shape() {
    return shape;
  }

  /** Adds the index. When this returns, the index holds every session header. */
  public void addIndex() {
    dynamoDb.updateTable(
        request ->
            request
                .tableName(shape.table())
                // AWS adds these to the ones that it has. Moto takes them as the complete list.
                .attributeDefinitions(keyAttributes())
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder()
                        .create(
                            index ->
                                index
                                    .indexName(shape.index())
                                    .keySchema(
                                        keys(shape.indexPartitionKey(), shape.indexSortKey()))
                                    .projection(keysOnly()))
                        .build()));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                dynamoDb
                    .describeTable(request -> request.tableName(shape.table()))
                    .table()
                    .globalSecondaryIndexes()
                    .getFirst()
                    .indexStatus(),
            IndexStatus.ACTIVE::equals);
  }

  private static Projection keysOnly() {
    return Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
  }

  /** Writes a conversation's records. */
  public void put(BotId bot, ConversationId conversation, List<RecordHead> records) {
    write(
        records.stream().map(record -> renamed(RecordItem.of(bot, conversation, record))).toList());
  }

  /** Writes a session header that has this text as its start. */
  public void putHeader(
      BotId bot, ConversationId conversation, RecordHead header, String startedAt) {
    Map<String, AttributeValue> item = RecordItem.of(bot, conversation, header);
    item.put(RecordsTableShape.INDEX_SORT_KEY, AttributeValue.fromS(startedAt));
    write(List.of(renamed(item)));
  }

  private Map<String, AttributeValue> renamed(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> renamed = new HashMap<>();
    item.forEach((name, value) -> renamed.put(names.getOrDefault(name, name), value));
    return renamed;
  }

  /** Writes an item that has these keys and nothing else. */
  public void putKeys(String partitionKey, String sortKey) {
    write(
        List.of(
            Map.of(
                shape.partitionKey(), AttributeValue.fromS(partitionKey),
                shape.sortKey(), AttributeValue.fromS(sortKey))));
  }

  private void write(List<Map<String, AttributeValue>> items) {
    for (int from = 0; from < items.size(); from += ConversationRecords.MAX_BATCH) {
      List<WriteRequest> batch =
          items.subList(from, Math.min(items.size(), from + ConversationRecords.MAX_BATCH)).stream()
              .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
              .toList();
      dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(shape.table(), batch)));
    }
  }

  /** The partition keys that the table has. */
  public Set<String> partitionKeys() {
    return dynamoDb
        .scanPaginator(request -> request.tableName(shape.table()).consistentRead(true))
        .items()
        .stream()
        .map(item -> item.get(shape.partitionKey()).s())
        .collect(Collectors.toSet());
  }

  /** The keys of the table and of its index. */
  private List<AttributeDefinition> keyAttributes() {
    return strings(
        shape.partitionKey(), shape.sortKey(), shape.indexPartitionKey(), shape.indexSortKey());
  }

  private static List<AttributeDefinition> strings(String... attributes) {
    return Stream.of(attributes)
        .map(
            name ->
                AttributeDefinition.builder()
                    .attributeName(name)
                    .attributeType(ScalarAttributeType.S)
                    .build())
        .toList();
  }

  private static List<KeySchemaElement> keys(String partitionKey, String sortKey) {
    return List.of(
        KeySchemaElement.builder().attributeName(partitionKey).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sortKey).keyType(KeyType.RANGE).build());
  }

  @Override
  public void close() {
    dynamoDb.deleteTable(request -> request.tableName(shape.table()));
  }
}
