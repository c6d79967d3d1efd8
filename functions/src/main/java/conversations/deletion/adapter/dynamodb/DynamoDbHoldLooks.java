package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.HoldItems.HOLD_KEY;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldKey.OfConversation;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.StandingHold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Looks into the table of holds.
 *
 * <p>A look at a conversation, or a channel user, costs one read unit however many holds are on it,
 * unless many of them were released of late.
 */
public final class DynamoDbHoldLooks implements HoldLooks {

  /** So many are below 4 KB, which a consistent read has for one unit. */
  private static final int PAGE = 10;

  /** Stands for a hold of which nothing can be read but that it is there. */
  private static final HoldId UNREADABLE = new HoldId("unreadable");

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final OperatorLog log;
  private final Set<BotId> toldOf = ConcurrentHashMap.newKeySet();

  public DynamoDbHoldLooks(DynamoDbClient dynamoDb, String table, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.log = log;
  }

  @Override
  public HoldsOfBot find(BotId bot) {
    return HoldsOfBotItems.find(dynamoDb, table, bot);
  }

  @Override
  public List<StandingHold> on(BotId bot, HoldKey key, Instant now) {
    if (key instanceof OfConversation(ConversationId id) && !ConversationId.isValid(id.value())) {
      // No caller can name it, and it may be longer than a key may be.
      return List.of();
    }
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression(HOLD_KEY + " = :key")
            .expressionAttributeValues(Map.of(":key", s(HoldItems.partition(bot, key))))
            .consistentRead(true)
            .limit(PAGE)
            .build();
    for (QueryResponse page : dynamoDb.queryPaginator(request)) {
      List<StandingHold> standing = standing(bot, page.items(), now);
      if (!standing.isEmpty()) {
        return standing;
      }
    }
    return List.of();
  }

  private List<StandingHold> standing(
      BotId bot, List<Map<String, AttributeValue>> items, Instant now) {
    return items.stream()
        .map(item -> read(bot, item))
        .filter(one -> one.until().filter(until -> !now.isBefore(until)).isEmpty())
        .toList();
  }

  /** What can't be read, perhaps written by hand, holds without an end. */
  private StandingHold read(BotId bot, Map<String, AttributeValue> item) {
    try {
      return HoldItems.readStanding(item);
    } catch (RuntimeException e) {
      if (toldOf.add(bot)) {
        log.error("hold_unreadable", Map.of("botId", bot.value()), e);
      }
      return new StandingHold(UNREADABLE, HoldItems.isConfidential(item), Optional.empty());
    }
  }
}
