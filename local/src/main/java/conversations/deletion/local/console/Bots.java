package conversations.deletion.local.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.template.Template;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads the bots, and the latest items that are kept by bot: jobs, change log entries, channel
 * users.
 */
final class Bots {

  private static final int MOST_BOTS = 25;

  /** One BatchGetItem may ask for 100 at most. */
  private static final int MOST_TOLD = 50;

  /** A bot and some of its channel users. */
  record Bot(String botId, String name, List<String> channelUsers) {}

  private final DynamoDbClient dynamoDb;
  private final String bots;
  private final String channelUsers;
  private final String clientApps;
  private final String jobs;
  private final String changeLog;

  Bots(DynamoDbClient dynamoDb, Template template) {
    this.dynamoDb = dynamoDb;
    this.bots = template.tableName("BotsTable");
    this.channelUsers = template.tableName("ChannelUsersTable");
    this.clientApps = template.tableName("ClientAppsTable");
    this.jobs = template.tableName("DeletionJobsTable");
    this.changeLog = template.tableName("ChangeLogTable");
  }

  /** The bots. Those for which a client app is registered come first. */
  List<Bot> all() {
    Set<String> served =
        dynamoDb.scan(scan -> scan.tableName(clientApps).limit(MOST_BOTS)).items().stream()
            .filter(app -> app.containsKey("scopes"))
            .flatMap(app -> app.get("scopes").m().keySet().stream())
            .collect(Collectors.toSet());
    return items().stream()
        .map(
            item ->
                new Bot(
                    item.get("botId").s(),
                    item.containsKey("name") ? item.get("name").s() : "",
                    ofBot(channelUsers, item).map(user -> user.get("cId").s()).toList()))
        .sorted(
            Comparator.comparing((Bot bot) -> !served.contains(bot.botId()))
                .thenComparing(Bot::name))
        .toList();
  }

  /** The latest jobs of all bots, newest first, as stored. */
  List<ObjectNode> jobs() {
    List<Map<String, AttributeValue>> keys =
        latest(bot -> ofBot(jobs, "JobsByBot", bot), "submittedAt").stream()
            .map(entry -> Map.of("botId", entry.get("botId"), "jobId", entry.get("jobId")))
            .toList();
    if (keys.isEmpty()) {
      return List.of();
    }
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    return dynamoDb
        .batchGetItemPaginator(request -> request.requestItems(Map.of(jobs, wanted)))
        .stream()
        .flatMap(page -> page.responses().getOrDefault(jobs, List.of()).stream())
        .sorted(newestFirst("submittedAt"))
        .map(item -> ItemView.of(item).item())
        .toList();
  }

  /** The latest entries of all bots' change logs, newest first, as stored. */
  List<ObjectNode> changeLog() {
    return latest(bot -> ofBot(changeLog, bot), "entryKey").stream()
        .map(item -> ItemView.of(item).item())
        .toList();
  }

  private List<Map<String, AttributeValue>> items() {
    return dynamoDb.scan(scan -> scan.tableName(bots).limit(MOST_BOTS)).items();
  }

  private List<Map<String, AttributeValue>> latest(
      Function<Map<String, AttributeValue>, Stream<Map<String, AttributeValue>>> ofBot,
      String time) {
    return items().stream().flatMap(ofBot).sorted(newestFirst(time)).limit(MOST_TOLD).toList();
  }

  private static Comparator<Map<String, AttributeValue>> newestFirst(String time) {
    return Comparator.<Map<String, AttributeValue>, String>comparing(item -> item.get(time).s())
        .reversed();
  }

  private Stream<Map<String, AttributeValue>> ofBot(String table, Map<String, AttributeValue> bot) {
    return ofBot(table, null, bot);
  }

  private Stream<Map<String, AttributeValue>> ofBot(
      String table, String index, Map<String, AttributeValue> bot) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .keyConditionExpression("botId = :bot")
                .expressionAttributeValues(Map.of(":bot", bot.get("botId")))
                .scanIndexForward(false)
                .limit(MOST_TOLD)
                .build())
        .items()
        .stream();
  }
}
