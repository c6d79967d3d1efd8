package conversations.deletion.local;

import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.BotRegistry;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.ClientAppRegistry;
import conversations.deletion.client.registration.Registration;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.template.ApiDefinition;
import conversations.deletion.local.template.Template;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Registers bots and client apps, as the platform's own administration would. */
public final class Registrations {

  private final AwsClients clients;
  private final Template template;
  private volatile String firstBotId;

  /** Writes to the tables and secrets of that stack. */
  public Registrations(AwsClients clients, Template template) {
    this.clients = clients;
    this.template = template;
  }

  public void register(Bot bot) {
    if (firstBotId == null) {
      firstBotId = bot.botId();
    }
    new BotRegistry(clients.dynamoDb(), template.tableName("BotsTable")).register(bot);
  }

  Optional<String> firstBotId() {
    return Optional.ofNullable(firstBotId);
  }

  public void registerChannelUser(String botId, String cId, Instant createdAt) {
    Map<String, AttributeValue> user =
        Map.of(
            "botId", AttributeValue.fromS(botId),
            "cId", AttributeValue.fromS(cId),
            "createdAt", AttributeValue.fromS(Timestamps.format(createdAt)));
    clients
        .dynamoDb()
        .putItem(request -> request.tableName(template.tableName("ChannelUsersTable")).item(user));
  }

  /**
   * Registers a client app.
   *
   * @param scopes the app's scopes, by bot id
   */
  public void register(ClientApp app, String name, Map<String, Set<String>> scopes) {
    new ClientAppRegistry(
            clients.dynamoDb(),
            clients.secretsManager(),
            template.tableName("ClientAppsTable"),
            secretsPrefix(),
            template.outputs().get("KmsKeyArn"))
        .register(app, new Registration(name, app.requiresJti(), false, scopes));
  }

  String secretsPrefix() {
    ApiDefinition.Authorizer authorizer = template.api().authorizer().orElseThrow();
    return template.function(authorizer.functionId()).environment().get("CLIENT_SECRETS_PREFIX");
  }
}
