package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.HoldItems.HOLD_KEY;
import static conversations.deletion.adapter.dynamodb.HoldItems.ITEM_KEY;

import conversations.deletion.application.port.HoldReads;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The table of holds, as it is read by those who show holds. */
public final class DynamoDbHoldReads implements HoldReads {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final TolerantReader<Hold> reader;

  public DynamoDbHoldReads(DynamoDbClient dynamoDb, String table, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.reader =
        new TolerantReader<>(HoldItems::read, e -> log.error("hold_unreadable", Map.of(), e));
  }

  @Override
  public Optional<Hold> find(BotId bot, HoldId id) {
    return HoldItems.find(dynamoDb, table, HoldItems.key(bot, id)).map(HoldItems::read);
  }

  @Override
  public HoldPage list(BotId bot, Optional<HoldId> after, int limit) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression(
                "%s = :bot AND begins_with(%s, :hold)".formatted(HOLD_KEY, ITEM_KEY))
            .expressionAttributeValues(Map.of(":bot", s(bot.value()), ":hold", s(HoldItems.HOLD)))
            .consistentRead(true)
            .limit(limit + 1);
    after.ifPresent(id -> request.exclusiveStartKey(HoldItems.key(bot, id)));
    List<Map<String, AttributeValue>> found =
        dynamoDb.queryPaginator(request.build()).items().stream().limit(limit + 1L).toList();
    List<Map<String, AttributeValue>> page = found.stream().limit(limit).toList();
    return new HoldPage(
        page.stream().flatMap(reader::read).toList(),
        found.size() > limit ? Optional.of(HoldItems.id(page.getLast())) : Optional.empty());
  }
}
