package conversations.deletion.local;

import conversations.deletion.adapter.dynamodb.RecordsShape;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
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
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** A table of conversation records that a platform already had, with names and keys of its own. */
public final class PlatformTable implements AutoCloseable {

  /** Every name is a reserved word of DynamoDB. */
  public static final String SHAPE =
      "conversation=BOT#{botId}#CONV#{conversationId} user=USER#{botId}#{cId}"
          + " recordType=type createdAt=timestamp cId=owner startedAt=START#{moment}";

  private static final Map<String, String> FIELDS =
      Map.of("recordType", "type", "createdAt", "timestamp", "cId", "owner");

  private final DynamoDbClient dynamoDb;
  private final RecordsTableShape shape;
  private final ScalarAttributeType indexSortKeyType;

  private PlatformTable(
      DynamoDbClient dynamoDb, RecordsTableShape shape, ScalarAttributeType indexSortKeyType) {
    this.dynamoDb = dynamoDb;
    this.shape = shape;
    this.indexSortKeyType = indexSortKeyType;
  }

  private static PlatformTable named(
      DynamoDbClient dynamoDb, String shape, ScalarAttributeType indexSortKeyType) {
    return new PlatformTable(
        dynamoDb,
        new RecordsTableShape(
            "platform-" + UUID.randomUUID(),
            "key",
            "name",
            "BY_USER",
            "user",
            "date",
            RecordsShape.parse(shape)),
        indexSortKeyType);
  }

  /** Creates one of {@link #SHAPE}. */
  public static PlatformTable create(DynamoDbClient dynamoDb) {
    return create(dynamoDb, SHAPE, ScalarAttributeType.S);
  }

  /** Creates one of another shape. */
  public static PlatformTable create(
      DynamoDbClient dynamoDb, String shape, ScalarAttributeType indexSortKeyType) {
    PlatformTable table = named(dynamoDb, shape, indexSortKeyType);
    table.create(table::index);
    return table;
  }

  /** Creates one that lacks the index. */
  public static PlatformTable createWithoutIndex(DynamoDbClient dynamoDb) {
    PlatformTable table = named(dynamoDb, SHAPE, ScalarAttributeType.S);
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

  /**
   * Gives the table its index. When this returns, the index holds every session header.
   *
   * <p>The table is made anew, with the items that it has. DynamoDB Local builds an index of a
   * table that is there in one thread for all tables. If that thread fails once, no index is ever
   * built.
   */
  public void addIndex() {
    List<Map<String, AttributeValue>> items = items();
    close();
    try (DynamoDbWaiter waiter = dynamoDb.waiter()) {
      waiter.waitUntilTableNotExists(describe -> describe.tableName(shape.table()));
    }
    create(this::index);
    write(items);
  }

  private void index(CreateTableRequest.Builder request) {
    request
        .attributeDefinitions(keyAttributes())
        .globalSecondaryIndexes(
            GlobalSecondaryIndex.builder()
                .indexName(shape.index())
                .keySchema(keys(shape.indexPartitionKey(), shape.indexSortKey()))
                .projection(keysOnly())
                .build());
  }

  private static Projection keysOnly() {
    return Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
  }

  /** Writes a conversation's records. */
  public void put(BotId bot, ConversationId conversation, List<RecordHead> records) {
    write(
        records.stream()
            .map(record -> platforms(bot, conversation, RecordItem.of(bot, conversation, record)))
            .toList());
  }

  /** Writes a session header that has this text as its start. */
  public void putHeader(
      BotId bot, ConversationId conversation, RecordHead header, String startedAt) {
    Map<String, AttributeValue> item = RecordItem.of(bot, conversation, header);
    item.put(RecordsTableShape.INDEX_SORT_KEY, AttributeValue.fromS(startedAt));
    write(List.of(platforms(bot, conversation, item)));
  }

  /** Writes a record of this type; a header keeps its own. */
  public void putOfType(String type, BotId bot, ConversationId conversation, RecordHead record) {
    Map<String, AttributeValue> item = RecordItem.of(bot, conversation, record);
    if (!record.isSessionHeader()) {
      item.put("recordType", AttributeValue.fromS(type));
    }
    write(List.of(platforms(bot, conversation, item)));
  }

  /** The partition key of a conversation. */
  public static String key(BotId bot, ConversationId conversation) {
    return "BOT#" + bot + "#CONV#" + conversation;
  }

  /** An item of this service's own table as the platform writes it. */
  private Map<String, AttributeValue> platforms(
      BotId bot, ConversationId conversation, Map<String, AttributeValue> own) {
    Map<String, AttributeValue> item = new HashMap<>();
    own.forEach(
        (name, value) -> {
          switch (name) {
            case RecordsTableShape.PARTITION_KEY ->
                item.put(shape.partitionKey(), AttributeValue.fromS(key(bot, conversation)));
            case RecordsTableShape.SORT_KEY -> item.put(shape.sortKey(), value);
            case RecordsTableShape.INDEX_PARTITION_KEY ->
                item.put(
                    shape.indexPartitionKey(),
                    AttributeValue.fromS("USER#" + bot + "#" + own.get("cId").s()));
            case RecordsTableShape.INDEX_SORT_KEY ->
                item.put(shape.indexSortKey(), AttributeValue.fromS("START#" + value.s()));
            default -> item.put(FIELDS.getOrDefault(name, name), value);
          }
        });
    return item;
  }

  /** Writes an item that has these keys and nothing else. */
  public void putKeys(String partitionKey, String sortKey) {
    write(
        List.of(
            Map.of(
                shape.partitionKey(), AttributeValue.fromS(partitionKey),
                shape.sortKey(), AttributeValue.fromS(sortKey))));
  }

  /** Writes items as they are. */
  public void write(List<Map<String, AttributeValue>> items) {
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
    return items().stream()
        .map(item -> item.get(shape.partitionKey()).s())
        .collect(Collectors.toSet());
  }

  /** All items of the table. */
  public List<Map<String, AttributeValue>> items() {
    return dynamoDb
        .scanPaginator(request -> request.tableName(shape.table()).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  /** The keys of the table and of its index. */
  private List<AttributeDefinition> keyAttributes() {
    return Stream.concat(
            strings(shape.partitionKey(), shape.sortKey(), shape.indexPartitionKey()).stream(),
            Stream.of(
                AttributeDefinition.builder()
                    .attributeName(shape.indexSortKey())
                    .attributeType(indexSortKeyType)
                    .build()))
        .toList();
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
