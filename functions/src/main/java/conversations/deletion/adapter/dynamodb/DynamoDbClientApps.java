package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.map;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import conversations.deletion.application.port.ClientApps;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Credentials;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of client apps. */
public final class DynamoDbClientApps implements ClientApps {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbClientApps(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public Optional<ClientApp> find(ClientAppId clientApp) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(request -> request.tableName(table).key(Map.of("appId", s(clientApp.value()))))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(read(item));
  }

  private static ClientApp read(Map<String, AttributeValue> item) {
    return new ClientApp(
        new ClientAppId(string(item, "appId")),
        credentials(item),
        bool(item, "enabled"),
        item.containsKey("requiresJti") && bool(item, "requiresJti"),
        new Grants(
            map(item, "scopes").entrySet().stream()
                .collect(
                    toUnmodifiableMap(
                        entry -> new BotId(entry.getKey()), entry -> scopes(entry.getValue())))));
  }

  private static Credentials credentials(Map<String, AttributeValue> item) {
    String algorithm = string(item, "algorithm");
    return switch (algorithm) {
      case "HS256" -> new Credentials.SharedSecret();
      case "RS256" -> new Credentials.RsaPublicKey(string(item, "publicKey"));
      case "ES256" -> new Credentials.EcPublicKey(string(item, "publicKey"));
      default -> throw new IllegalStateException("the client app has an unknown algorithm");
    };
  }

  /** The platform's scopes that this service does not use are left out. */
  private static Set<Scope> scopes(AttributeValue names) {
    return names.ss().stream()
        .map(Scope::find)
        .flatMap(Optional::stream)
        .collect(toUnmodifiableSet());
  }
}
