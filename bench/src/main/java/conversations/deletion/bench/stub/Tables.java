package conversations.deletion.bench.stub;

import conversations.deletion.bench.stub.ItemTable.Cost;
import conversations.deletion.bench.stub.ItemTable.Entry;
import conversations.deletion.bench.stub.ItemTable.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All tables except that of conversation records. Safe for use by several threads. */
public final class Tables {

  public static final String JOBS = "DeletionJobs";
  public static final String CHUNKS = "DeletionJobConversations";
  public static final String PREVIEWS = "DeletionPreviews";
  public static final String PREVIEW_CHUNKS = "DeletionPreviewConversations";
  public static final String HOLDS = "Holds";
  public static final String CHANGE_LOG = "ChangeLog";
  public static final String OWNER_NOTICES = "OwnerNotices";
  public static final String BOTS = "Bots";
  public static final String CHANNEL_USERS = "ChannelUsers";
  public static final String CLIENT_APPS = "ClientApps";
  public static final String SPENT_TOKENS = "SpentTokens";
  public static final String RATE_LIMITS = "RateLimits";

  private static final int PAGE_BYTES = 1024 * 1024;
  private static final int READ_UNIT = 4096;
  private static final String TABLE_NAME = "TableName";

  private final Map<String, ItemTable> tables =
      Stream.of(
              new ItemTable(
                  JOBS,
                  new Layout("botId", List.of("jobId")),
                  Map.of(
                      "JobsByBot", new Layout("botId", List.of("submittedAt", "jobId")),
                      "OpenJobs",
                          new Layout(
                              "openGroup",
                              List.of("sweepAt", "botId", "jobId"),
                              List.of("submittedAt", "completedAt")),
                      "OpenJobsByBot",
                          new Layout(
                              "openBotId", List.of("jobId"), List.of("notificationReason")))),
              table(CHUNKS, "jobId", "chunk"),
              new ItemTable(
                  PREVIEWS,
                  new Layout("botId", List.of("previewId")),
                  Map.of(
                      "OpenPreviews",
                      new Layout("openGroup", List.of("sweepAt", "botId", "previewId")))),
              table(PREVIEW_CHUNKS, "previewId", "chunk"),
              new ItemTable(
                  HOLDS,
                  new Layout("holdKey", List.of("itemKey")),
                  Map.of(
                      "HoldsToDo",
                      new Layout("openGroup", List.of("sweepAt", "holdKey", "itemKey")))),
              table(CHANGE_LOG, "botId", "entryKey"),
              table(OWNER_NOTICES, "noticeGroup", "jobId"),
              table(BOTS, "botId"),
              table(CHANNEL_USERS, "botId", "cId"),
              table(CLIENT_APPS, "appId"),
              table(SPENT_TOKENS, "tokenKey"),
              table(RATE_LIMITS, "botId"))
          .collect(Collectors.toMap(table -> table.name, Function.identity()));

  private final Meter meter;

  /**
   * Not a monitor: virtual threads that wait for one cost more, and the stub's cost is measured.
   */
  private final Lock lock = new ReentrantLock();

  Tables(Meter meter) {
    this.meter = meter;
  }

  private static ItemTable table(String name, String partition, String... sort) {
    return new ItemTable(name, new Layout(partition, List.of(sort)), Map.of());
  }

  /** Stores an item before there are requests, without counting it. */
  void seed(String table, Map<String, Object> item) {
    ItemTable into = table(table);
    into.put(into.find(item), item);
  }

  long packedBytes() {
    lock.lock();
    try {
      return tables.values().stream().mapToLong(ItemTable::packedBytes).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Does a request of DynamoDB's API, and returns the answer. */
  Map<String, Object> answer(String operation, Map<String, Object> request) {
    lock.lock();
    try {
      return switch (operation) {
        case "Query" -> query(request);
        case "GetItem" -> getItem(request);
        case "BatchGetItem" -> batchGetItem(request);
        case "PutItem" -> putItem(request);
        case "UpdateItem" -> updateItem(request);
        case "DeleteItem" -> deleteItem(request);
        case "BatchWriteItem" -> batchWriteItem(request);
        case "TransactWriteItems" -> transactWriteItems(request);
        default -> throw AwsError.validation(operation);
      };
    } finally {
      lock.unlock();
    }
  }

  private ItemTable table(String name) {
    ItemTable table = tables.get(name);
    if (table == null) {
      throw AwsError.validation("no table " + name);
    }
    return table;
  }

  private Map<String, Object> getItem(Map<String, Object> request) {
    ItemTable table = table(Json.text(request, TABLE_NAME));
    Entry found = table.find(Json.member(request, "Key"));
    read("GetItem", table.name, found.size(), request);
    return found == Entry.NONE ? Map.of() : Map.of("Item", projected(request, found.item()));
  }

  private void read(String operation, String table, int bytes, Map<String, Object> request) {
    int units = Math.max(1, Math.ceilDiv(bytes, READ_UNIT));
    boolean strong = request.get("ConsistentRead") == Boolean.TRUE;
    meter.read(operation, table, strong ? 2L * units : units);
  }

  private static Map<String, Object> projected(
      Map<String, Object> request, Map<String, Object> item) {
    String projection = Json.text(request, "ProjectionExpression");
    if (projection == null) {
      return item;
    }
    Map<String, Object> names = Json.member(request, "ExpressionAttributeNames");
    Map<String, Object> part = new HashMap<>();
    for (String token : projection.split("\\s*,\\s*")) {
      String name = (String) names.getOrDefault(token, token);
      if (item.containsKey(name)) {
        part.put(name, item.get(name));
      }
    }
    return part;
  }

  private Map<String, Object> batchGetItem(Map<String, Object> request) {
    Map<String, Object> responses = new HashMap<>();
    Json.member(request, "RequestItems")
        .forEach(
            (name, value) -> {
              @SuppressWarnings("unchecked")
              Map<String, Object> wanted = (Map<String, Object>) value;
              List<Object> items = new ArrayList<>();
              for (Map<String, Object> key : Json.objects(wanted.get("Keys"))) {
                Entry found = table(name).find(key);
                read("BatchGetItem", name, found.size(), wanted);
                if (found != Entry.NONE) {
                  items.add(projected(wanted, found.item()));
                }
              }
              responses.put(name, items);
            });
    return Map.of("Responses", responses, "UnprocessedKeys", Map.of());
  }

  private Map<String, Object> query(Map<String, Object> request) {
    ItemTable table = table(Json.text(request, TABLE_NAME));
    Layout layout = table.layout(Json.text(request, "IndexName"));
    int limit = Integer.parseInt((String) request.getOrDefault("Limit", "1000000"));
    boolean forward = request.get("ScanIndexForward") != Boolean.FALSE;
    Map<String, Object> after = Json.member(request, "ExclusiveStartKey");
    List<Object> items = new ArrayList<>();
    int bytes = 0;
    Map<String, Object> last = null;
    for (Entry entry : table.items(layout, partition(request, layout), after, forward)) {
      Map<String, Object> stored = entry.item();
      if (Expressions.holds(request, "KeyConditionExpression", stored)) {
        boolean ofIndex = request.containsKey("IndexName");
        Map<String, Object> item = ofIndex ? layout.entryOf(stored) : projected(request, stored);
        if (ofIndex) {
          item.putAll(table.layout(null).keysOf(stored));
        }
        int size = ofIndex ? Attribute.size(item) : entry.size();
        if (items.size() == limit || bytes + size > PAGE_BYTES) {
          break;
        }
        bytes += size;
        items.add(item);
        last = layout.keysOf(stored);
        last.putAll(table.layout(null).keysOf(stored));
      }
    }
    read("Query", table.name, bytes, request);
    Map<String, Object> answer = new HashMap<>();
    answer.put("Items", items);
    answer.put("Count", items.size());
    answer.put("ScannedCount", items.size());
    if (last != null && (items.size() == limit || bytes > PAGE_BYTES - 500 * 1024)) {
      answer.put("LastEvaluatedKey", last);
    }
    return answer;
  }

  /** The value that the key condition names for the partition. */
  private static Map<String, Object> partition(Map<String, Object> request, Layout layout) {
    for (String part : Json.text(request, "KeyConditionExpression").split(" AND ")) {
      String[] sides = part.split("\\s*=\\s*");
      String name =
          (String)
              Json.member(request, "ExpressionAttributeNames")
                  .getOrDefault(sides[0].strip(), sides[0].strip());
      if (name.equals(layout.partition()) && sides.length == 2) {
        return Json.member(Json.member(request, "ExpressionAttributeValues"), sides[1].strip());
      }
    }
    throw AwsError.validation("no partition in the key condition");
  }

  private Map<String, Object> putItem(Map<String, Object> request) {
    ItemTable table = table(Json.text(request, TABLE_NAME));
    Map<String, Object> item = Json.member(request, "Item");
    Entry before = table.find(item);
    check("PutItem", request, table, before);
    charge("PutItem", table.name, item, table.put(before, item).once());
    return Map.of();
  }

  /** Checks the request's condition. A condition that does not hold costs write units too. */
  private void check(String operation, Map<String, Object> request, ItemTable table, Entry before) {
    if (!Expressions.holds(request, "ConditionExpression", before.item())) {
      meter.write(operation, table.name, ItemTable.units(before.size()));
      boolean returnsOld = "ALL_OLD".equals(request.get("ReturnValuesOnConditionCheckFailure"));
      throw AwsError.conditionFailed(returnsOld ? before.item() : Map.of());
    }
  }

  private void charge(String operation, String table, Map<String, Object> key, int units) {
    meter.write(operation, table, units);
    if (table.equals(CHUNKS)) {
      meter.chunkWrites().add(key.get("jobId") + "/" + key.get("chunk"), units);
    }
  }

  private Map<String, Object> updateItem(Map<String, Object> request) {
    ItemTable table = table(Json.text(request, TABLE_NAME));
    Map<String, Object> key = Json.member(request, "Key");
    Entry before = table.find(key);
    check("UpdateItem", request, table, before);
    Map<String, Object> after = updated(request, key, before);
    charge("UpdateItem", table.name, key, table.put(before, after).once());
    return switch ((String) request.getOrDefault("ReturnValues", "NONE")) {
      case "ALL_OLD" -> before == Entry.NONE ? Map.of() : Map.of("Attributes", before.item());
      case "ALL_NEW" -> Map.of("Attributes", after);
      case "NONE" -> Map.of();
      default -> throw AwsError.validation("ReturnValues");
    };
  }

  private static Map<String, Object> updated(
      Map<String, Object> request, Map<String, Object> key, Entry before) {
    Map<String, Object> after = new HashMap<>(before.item());
    after.putAll(key);
    Expressions.update(request, after);
    return after;
  }

  private Map<String, Object> deleteItem(Map<String, Object> request) {
    ItemTable table = table(Json.text(request, TABLE_NAME));
    Map<String, Object> key = Json.member(request, "Key");
    check("DeleteItem", request, table, table.find(key));
    charge("DeleteItem", table.name, key, table.delete(key).once());
    return Map.of();
  }

  private Map<String, Object> batchWriteItem(Map<String, Object> request) {
    Json.member(request, "RequestItems")
        .forEach(
            (name, writes) -> {
              ItemTable table = table(name);
              for (Map<String, Object> write : Json.objects(writes)) {
                Map<String, Object> item = Json.member(Json.member(write, "PutRequest"), "Item");
                Map<String, Object> key = Json.member(Json.member(write, "DeleteRequest"), "Key");
                Cost cost = item.isEmpty() ? table.delete(key) : table.put(table.find(item), item);
                charge("BatchWriteItem", name, item.isEmpty() ? key : item, cost.once());
              }
            });
    return Map.of("UnprocessedItems", Map.of());
  }

  private Map<String, Object> transactWriteItems(Map<String, Object> request) {
    List<Map<String, Object>> writes = Json.objects(request.get("TransactItems"));
    List<Map<String, Object>> reasons = new ArrayList<>();
    boolean allHold = true;
    for (Map<String, Object> write : writes) {
      Map<String, Object> reason = reason(only(write));
      reasons.add(reason);
      allHold &= reason.get("Code").equals("None");
    }
    for (Map<String, Object> write : writes) {
      Map<String, Object> change = only(write);
      ItemTable table = table(Json.text(change, TABLE_NAME));
      Entry before = table.find(keyOf(change));
      if (allHold) {
        apply(write.keySet().iterator().next(), change, table, before);
      } else {
        meter.write("TransactWriteItems", table.name, 2 * ItemTable.units(before.size()));
      }
    }
    if (!allHold) {
      throw AwsError.cancelled(reasons);
    }
    return Map.of();
  }

  private void apply(String kind, Map<String, Object> change, ItemTable table, Entry before) {
    Map<String, Object> key = keyOf(change);
    Cost cost =
        switch (kind) {
          case "Put" -> table.put(before, Json.member(change, "Item"));
          case "Update" -> table.put(before, updated(change, key, before));
          case "Delete" -> table.delete(key);
          case "ConditionCheck" -> new Cost(ItemTable.units(before.size()), 0);
          default -> throw AwsError.validation(kind);
        };
    charge("TransactWriteItems", table.name, key, cost.inTransaction());
  }

  private static Map<String, Object> only(Map<String, Object> write) {
    return Json.member(write, write.keySet().iterator().next());
  }

  private static Map<String, Object> keyOf(Map<String, Object> change) {
    return change.containsKey("Item") ? Json.member(change, "Item") : Json.member(change, "Key");
  }

  private Map<String, Object> reason(Map<String, Object> change) {
    Entry before = table(Json.text(change, TABLE_NAME)).find(keyOf(change));
    if (Expressions.holds(change, "ConditionExpression", before.item())) {
      return Map.of("Code", "None");
    }
    Map<String, Object> reason = new LinkedHashMap<>();
    reason.put("Code", "ConditionalCheckFailed");
    reason.put("Message", "The conditional request failed");
    if ("ALL_OLD".equals(change.get("ReturnValuesOnConditionCheckFailure"))
        && before != Entry.NONE) {
      reason.put("Item", before.item());
    }
    return reason;
  }
}
