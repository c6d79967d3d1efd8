package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.ChangeLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The table of the change logs. A read sees every entry whose write was answered before it. */
public final class DynamoDbChangeLog implements ChangeLog {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbChangeLog(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public List<ChangeLogEntry> list(BotId bot, Instant from, Instant to, int skip, int limit) {
    QueryRequest newestFirst =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("#bot = :bot AND #key BETWEEN :first AND :last")
            .expressionAttributeNames(
                Map.of("#bot", ChangeLogItems.BOT_ID, "#key", ChangeLogItems.ENTRY_KEY))
            .expressionAttributeValues(
                Map.of(
                    ":bot", s(bot.value()),
                    ":first", s(ChangeLogItems.keyBefore(from)),
                    ":last", s(ChangeLogItems.keyAfter(to))))
            .scanIndexForward(false)
            .consistentRead(true)
            .build();
    Cursor cursor = new Cursor(newestFirst);
    // DynamoDB counts the skipped entries itself and does not send them.
    cursor.advance(skip, Select.COUNT);
    return cursor.advance(limit, Select.ALL_ATTRIBUTES).stream().map(ChangeLogItems::read).toList();
  }

  /** A place in the result of a query. DynamoDB returns the result in pages of at most 1 MB. */
  private final class Cursor {

    private final QueryRequest query;
    private Map<String, AttributeValue> position = Map.of();
    private boolean atEnd;

    Cursor(QueryRequest query) {
      this.query = query;
    }

    /** Moves on by this many items, or to the end. Returns them, unless they are only counted. */
    List<Map<String, AttributeValue>> advance(int count, Select select) {
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      int left = count;
      while (left > 0 && !atEnd) {
        QueryResponse page =
            dynamoDb.query(
                query.toBuilder()
                    .select(select)
                    .limit(left)
                    .exclusiveStartKey(position.isEmpty() ? null : position)
                    .build());
        items.addAll(page.items());
        left -= page.count();
        position = page.lastEvaluatedKey();
        atEnd = position.isEmpty();
      }
      return items;
    }
  }
}
