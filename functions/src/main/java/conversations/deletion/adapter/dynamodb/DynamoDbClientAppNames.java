package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.domain.ClientAppId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The names in the table of client apps. Of a client app nothing else is read. */
public final class DynamoDbClientAppNames implements ClientAppNames {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbClientAppNames(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public Optional<String> find(ClientAppId clientApp) {
    return findString(
        dynamoDb
            .getItem(
                request ->
                    request
                        .tableName(table)
                        .key(Map.of("appId", s(clientApp.value())))
                        .projectionExpression("#name")
                        .expressionAttributeNames(Map.of("#name", "name")))
            .item(),
        "name");
  }
}
