package conversations.deletion.local;

import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.ClientAppRegistry;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.template.Template;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Registers bots and client apps, as the platform's own administration would. */
public final class Registrations {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final AwsClients clients;
  private final Template template;
  private volatile String firstBotId;

  Registrations(AwsClients clients, Template template) {
    this.clients = clients;
    this.template = template;
  }

  /**
   * A bot and its owner.
   *
   * @param retentionDays how long the platform keeps the bot's conversation records
   */
  public record Bot(
      String botId,
      String name,
      String ownerName,
      String ownerEmail,
      Instant createdAt,
      int retentionDays) {}

  public void register(Bot bot) {
    if (firstBotId == null) {
      firstBotId = bot.botId();
    }
    put(
        "BotsTable",
        Map.of(
            "botId", text(bot.botId()),
            "name", text(bot.name()),
            "ownerName", text(bot.ownerName()),
            "ownerEmail", text(bot.ownerEmail()),
            "createdAt", text(MILLISECONDS.format(bot.createdAt())),
            "retentionDays", AttributeValue.fromN(String.valueOf(bot.retentionDays()))));
  }

  Optional<String> firstBotId() {
    return Optional.ofNullable(firstBotId);
  }

  public void registerChannelUser(String botId, String cId, Instant createdAt) {
    put(
        "ChannelUsersTable",
        Map.of(
            "botId", text(botId),
            "cId", text(cId),
            "createdAt", text(MILLISECONDS.format(createdAt))));
  }

  /**
   * A client app.
   *
   * @param scopes what it may do, by bot
   */
  public void register(ClientApp app, String name, Map<String, Set<String>> scopes) {
    new ClientAppRegistry(
            clients.dynamoDb(),
            clients.secretsManager(),
            template.tableName("ClientAppsTable"),
            secretsPrefix())
        .register(app, name, scopes);
  }

  String secretsPrefix() {
    var authorizer = template.api().authorizer().orElseThrow();
    return template.function(authorizer.functionId()).environment().get("CLIENT_SECRETS_PREFIX");
  }

  private void put(String logicalId, Map<String, AttributeValue> item) {
    clients
        .dynamoDb()
        .putItem(request -> request.tableName(template.tableName(logicalId)).item(item));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
