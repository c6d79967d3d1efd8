package conversations.deletion.local.console;

import conversations.deletion.local.template.Template;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Reads the bots, and the latest items that are kept by bot: change log entries, channel users. */
final class Bots {

  private static final int MOST_BOTS = 25;

  private static final int MOST_TOLD = 50;

  /** A bot and some of its channel users. */
  record Bot(String botId, String name, List<String> channelUsers) {}

  private final DynamoDbClient dynamoDb;
  private final String bots;
  private final String channelUsers;
  private final String clientApps;
  private final String changeLog;

  Bots(DynamoDbClient dynamoDb, Template template) {
    this.dynamoDb = dynamoDb;
    this.bots = template.tableName("BotsTable");
    this.channelUsers = template.tableName("ChannelUsersTable");
    this.clientApps = template.tableName("ClientAppsTable");
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
                    ItemView.text(item, "botId"),
                    ItemView.text(item, "name"),
                    ofBot(channelUsers, item).map(user -> ItemView.text(user, "cId")).toList()))
        .sorted(
            Comparator.comparing((Bot bot) -> !served.contains(bot.botId()))
                .thenComparing(Bot::name))
        .toList();
  }

  /** The latest entries of all bots' change logs, newest first. */
  List<ItemView> changeLog() {
    return items().stream()
        .flatMap(bot -> ofBot(changeLog, bot))
        .sorted(ItemView.newestFirst("entryKey"))
        .limit(MOST_TOLD)
        .map(ItemView::of)
        .toList();
  }

  private List<Map<String, AttributeValue>> items() {
    return dynamoDb.scan(scan -> scan.tableName(bots).limit(MOST_BOTS)).items();
  }

  private Stream<Map<String, AttributeValue>> ofBot(String table, Map<String, AttributeValue> bot) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("botId = :bot")
                .expressionAttributeValues(Map.of(":bot", bot.get("botId")))
                .scanIndexForward(false)
                .limit(MOST_TOLD)
                .build())
        .items()
        .stream();
  }
}
