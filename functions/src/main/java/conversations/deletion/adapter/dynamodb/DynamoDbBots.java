package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of bots. What can't be read of a row is absent, and an operator is told. */
public final class DynamoDbBots implements Bots {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final OperatorLog log;

  public DynamoDbBots(DynamoDbClient dynamoDb, String table, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.log = log;
  }

  @Override
  public Optional<Bot> find(BotId bot) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(request -> request.tableName(table).key(Map.of("botId", s(bot.value()))))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(read(bot, item));
  }

  private Bot read(BotId id, Map<String, AttributeValue> item) {
    OperatorRow row = new OperatorRow(item);
    Bot bot = new Bot(id, row.optionalText("name"), row.optionalText("ownerEmail"));
    if (!row.faults().isEmpty()) {
      log.warn("bot_unfit", Map.of("botId", id.value(), "faults", row.faults()), null);
    }
    return bot;
  }
}
