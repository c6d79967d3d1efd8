package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.ClientApps;
import conversations.deletion.domain.ClientAppId;
import java.util.Map;
import java.util.Optional;
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
  public Optional<Registration> find(ClientAppId clientApp) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(request -> request.tableName(table).key(Map.of("appId", s(clientApp.value()))))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(ClientAppRow.read(clientApp, item));
  }
}
