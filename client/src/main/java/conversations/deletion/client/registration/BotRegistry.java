package conversations.deletion.client.registration;

import conversations.deletion.domain.Timestamps;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Registers bots.
 *
 * @param table the table of bots
 */
public record BotRegistry(DynamoDbClient dynamoDb, String table) {

  /**
   * Registers a bot.
   *
   * @throws IllegalArgumentException if a bot has this id already; that bot is not changed
   */
  public void register(Bot bot) {
    Map<String, AttributeValue> item =
        Map.of(
            "botId", AttributeValue.fromS(bot.botId()),
            "name", AttributeValue.fromS(bot.name()),
            "ownerName", AttributeValue.fromS(bot.ownerName()),
            "ownerEmail", AttributeValue.fromS(bot.ownerEmail()),
            "createdAt", AttributeValue.fromS(Timestamps.format(bot.createdAt())),
            "retentionDays", AttributeValue.fromN(String.valueOf(bot.retentionDays())));
    try {
      dynamoDb.putItem(
          request ->
              request
                  .tableName(table)
                  .item(item)
                  .conditionExpression("attribute_not_exists(botId)"));
    } catch (ConditionalCheckFailedException e) {
      throw new IllegalArgumentException("There is already a bot %s".formatted(bot.botId()), e);
    }
  }
}
