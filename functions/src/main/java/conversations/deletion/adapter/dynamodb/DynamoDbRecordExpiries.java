package conversations.deletion.adapter.dynamodb;

import conversations.deletion.application.port.RecordExpiries;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads when conversation records expire, by the attribute that the table of this stack's own has
 * for DynamoDB's time to live. Of a table where another attribute says so, it sees nothing.
 */
public final class DynamoDbRecordExpiries implements RecordExpiries {

  private static final String EXPIRES_AT = "expiresAt";

  private final DynamoDbClient dynamoDb;
  private final RecordsTableShape table;
  private final RecordKeys keys;

  public DynamoDbRecordExpiries(DynamoDbClient dynamoDb, RecordsTableShape table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.keys = new RecordKeys(table);
  }

  @Override
  public Optional<Instant> earliest(BotId bot, ConversationId conversation) {
    return keys.conversation(bot, conversation).flatMap(this::earliest);
  }

  private Optional<Instant> earliest(AttributeValue conversation) {
    List<Map<String, AttributeValue>> page =
        dynamoDb
            .query(
                request ->
                    request
                        .tableName(table.table())
                        .keyConditionExpression("#conversation = :conversation")
                        .expressionAttributeNames(
                            Map.of("#conversation", table.partitionKey(), "#expiry", EXPIRES_AT))
                        .expressionAttributeValues(Map.of(":conversation", conversation))
                        .projectionExpression("#expiry"))
            .items();
    return page.stream()
        .flatMap(item -> moment(item.get(EXPIRES_AT)).stream())
        .min(Comparator.naturalOrder());
  }

  /** DynamoDB expires nothing by an attribute that is no whole number of seconds. */
  private static Optional<Instant> moment(AttributeValue written) {
    if (written == null || written.n() == null || !written.n().matches("\\d{1,11}")) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(written.n())));
  }
}
