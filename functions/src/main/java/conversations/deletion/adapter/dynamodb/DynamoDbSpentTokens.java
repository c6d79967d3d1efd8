package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.SpentTokens;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JtiDigest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table of spent tokens.
 *
 * <p>Each use writes an id of its own, and accepts an item that has this id. So if the answer to a
 * write is lost and the SDK sends it again, the first use is not taken for a second one.
 */
public final class DynamoDbSpentTokens implements SpentTokens {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbSpentTokens(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public boolean spend(ClientAppId clientApp, JtiDigest jti, Instant forgetAt) {
    String use = UUID.randomUUID().toString();
    try {
      dynamoDb.putItem(
          request ->
              request
                  .tableName(table)
                  .item(
                      Map.of(
                          "tokenKey", s(clientApp.value() + "#" + jti.value()),
                          "useId", s(use),
                          "expiresAt", n(forgetAt.getEpochSecond())))
                  .conditionExpression("attribute_not_exists(tokenKey) OR useId = :use")
                  .expressionAttributeValues(Map.of(":use", s(use))));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }
}
