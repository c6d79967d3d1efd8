package conversations.deletion.client.registration;

import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Takes back the tokens of client apps.
 *
 * @param table the table of client apps
 */
public record TokenRevocation(DynamoDbClient dynamoDb, String table) {

  /**
   * Has the service refuse all tokens that a client app issued earlier, and those that do not say
   * when they were issued.
   *
   * @throws IllegalArgumentException if there is no such client app
   */
  public void revoke(String appId, Instant earlierThan) {
    try {
      dynamoDb.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(Map.of("appId", AttributeValue.fromS(appId)))
                  .conditionExpression("attribute_exists(appId)")
                  .updateExpression("SET tokensNotBefore = :moment")
                  .expressionAttributeValues(
                      Map.of(":moment", AttributeValue.fromS(Timestamps.format(earlierThan)))));
    } catch (ConditionalCheckFailedException e) {
      throw new IllegalArgumentException("There is no client app %s".formatted(appId), e);
    }
  }
}
