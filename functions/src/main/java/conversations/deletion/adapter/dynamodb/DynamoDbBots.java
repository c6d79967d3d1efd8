package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.Bots;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of bots. */
public final class DynamoDbBots implements Bots {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbBots(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public Optional<Bot> find(BotId bot) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(request -> request.tableName(table).key(Map.of("botId", s(bot.value()))))
            .item();
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(new Bot(bot, findString(item, "name"), findString(item, "ownerEmail")));
  }
}
