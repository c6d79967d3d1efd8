package conversations.deletion.local.demo;

import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.sample.Census;
import conversations.deletion.local.template.TableDefinition;
import conversations.deletion.local.template.TableDefinition.Index;
import conversations.deletion.local.template.TableDefinition.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table of a platform that kept conversations before the service came: one table for items of
 * many kinds, with names and keys of its own.
 */
final class PlatformRecords {
  static final String TABLE = "platform-items";

  /** What the stack is told of the table, by the template's parameters. */
  static final Map<String, String> PARAMETERS =
      Map.of(
          "ExistingRecordsTable",
          TABLE,
          "RecordsPartitionKey",
          "PK",
          "RecordsSortKey",
          "SK",
          "RecordsIndex",
          "GSI1",
          "RecordsIndexPartitionKey",
          "GSI1PK",
          "RecordsIndexSortKey",
          "GSI1SK",
          "RecordsShape",
          "conversation=BOT#{botId}#CONV#{conversationId} user=USER#{botId}#{cId} headerKey=META"
              + " recordType=kind createdAt=ts cId=userId startedAt=CONV#{utc}",
          "RetainedRecordTypes",
          "TASK_METRIC");

  private static final Census.Columns COLUMNS =
      new Census.Columns("PK", "SK", "kind", "userId", Set.of("TASK_METRIC"));
  private static final int ORDERS = 3;

  private final DynamoDbClient dynamoDb;

  PlatformRecords(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  void create() {
    Provisioning.create(
        new TableDefinition(
            TABLE,
            TABLE,
            Map.of("PK", "S", "SK", "S", "GSI1PK", "S", "GSI1SK", "S"),
            List.of(new Key("PK", "HASH"), new Key("SK", "RANGE")),
            List.of(
                new Index(
                    "GSI1",
                    List.of(new Key("GSI1PK", "HASH"), new Key("GSI1SK", "RANGE")),
                    "KEYS_ONLY",
                    List.of())),
            Optional.empty()),
        dynamoDb);
  }

  Census census() {
    return Census.take(dynamoDb, TABLE, COLUMNS);
  }

  /** The partition key of a conversation. */
  static String key(Part part) {
    return conversation(part.conversation().botId(), part.conversationId());
  }

  /** Makes the platform's item of a record of the sample. */
  static Map<String, AttributeValue> item(Map<String, AttributeValue> sample) {
    Map<String, AttributeValue> item = new HashMap<>();
    String botId = sample.get("botId").s();
    sample.forEach(
        (name, value) -> {
          switch (name) {
            case "conversationKey" ->
                item.put(
                    "PK",
                    AttributeValue.fromS(conversation(botId, sample.get("conversationId").s())));
            case "recordKey" -> item.put("SK", AttributeValue.fromS(sortKey(value.s())));
            case "channelUserKey" ->
                item.put("GSI1PK", AttributeValue.fromS(user(botId, sample.get("cId").s())));
            case "startedAt" -> item.put("GSI1SK", AttributeValue.fromS("CONV#" + value.s()));
            case "recordType" -> item.put("kind", value);
            case "createdAt" -> item.put("ts", value);
            case "cId" -> item.put("userId", value);
            case "botId", "conversationId" -> {
              // The keys tell them.
            }
            default -> item.put(name, value);
          }
        });
    return item;
  }

  /** Writes items of another kind, which the index leads to under the same channel user. */
  void writeOrders(String botId, String cId) {
    for (int i = 1; i <= ORDERS; i++) {
      AttributeValue key = AttributeValue.fromS("ORDER#%s#%d".formatted(cId, i));
      Map<String, AttributeValue> order =
          Map.of(
              "PK", key,
              "SK", key,
              "GSI1PK", AttributeValue.fromS(user(botId, cId)),
              "GSI1SK", key,
              "total", AttributeValue.fromN(Integer.toString(1990 * i)));
      dynamoDb.putItem(put -> put.tableName(TABLE).item(order));
    }
  }

  private static String conversation(String botId, String conversationId) {
    return "BOT#" + botId + "#CONV#" + conversationId;
  }

  private static String user(String botId, String cId) {
    return "USER#" + botId + "#" + cId;
  }

  /** A header has one key everywhere; the others are told apart by moment and number. */
  private static String sortKey(String sample) {
    int type = sample.indexOf('#');
    return type < 0 ? "META" : "MSG" + sample.substring(type);
  }
}
