package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.b;
import static conversations.deletion.adapter.dynamodb.Attributes.bytes;
import static conversations.deletion.adapter.dynamodb.Attributes.map;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.RateWindow;
import conversations.deletion.domain.RecentRequests;
import conversations.deletion.domain.RequestHistory;
import conversations.deletion.domain.RollingCount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The table of rate limits, with an item for each budget that had requests lately. At the default
 * limits, the item of a bot with one client app takes less than 1 KB, so a write costs one unit.
 *
 * <p>If the SDK repeats a write whose answer was lost, the request may be counted twice.
 */
public final class DynamoDbRequestHistories implements RequestHistories {

  /** It holds the keys of other budgets too: a table's key can't be renamed. */
  private static final String KEY = "botId";

  private static final String CALLERS = "callers";

  /** The longest window, and the same time again for clocks and for requests still undecided. */
  private static final Duration KEPT = RateWindow.HOUR.length().multipliedBy(2);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final AwsRequestOverrideConfiguration withinCallTimeout;
  private final InstantSource clock;

  /**
   * Keeps the request histories of budgets.
   *
   * @param callTimeout how long a request may wait for a table that does not answer
   */
  public DynamoDbRequestHistories(
      DynamoDbClient dynamoDb, String table, Duration callTimeout, InstantSource clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.withinCallTimeout =
        AwsRequestOverrideConfiguration.builder().apiCallTimeout(callTimeout).build();
    this.clock = clock;
  }

  @Override
  public Versioned find(Budget budget) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(Map.of(KEY, s(budget.key())))
            .consistentRead(true)
            .overrideConfiguration(withinCallTimeout)
            .build();
    Map<String, AttributeValue> item = dynamoDb.getItem(request).item();
    return item.isEmpty() ? new Versioned(RequestHistory.NONE, 0) : read(item);
  }

  @Override
  public boolean replace(Budget budget, Versioned seen, RequestHistory history) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(KEY, s(budget.key()));
    item.put(CALLERS, map(write(history)));
    item.put("version", n(seen.version() + 1));
    item.put("expiresAt", n(clock.instant().plus(KEPT).getEpochSecond()));
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .overrideConfiguration(withinCallTimeout);
    if (seen.version() == 0) {
      request.conditionExpression("attribute_not_exists(" + KEY + ")");
    } else {
      request
          .conditionExpression("version = :seen")
          .expressionAttributeValues(Map.of(":seen", n(seen.version())));
    }
    try {
      dynamoDb.putItem(request.build());
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  private static Map<String, AttributeValue> write(RequestHistory history) {
    Map<String, AttributeValue> callers = new HashMap<>();
    for (Map.Entry<ClientAppId, RecentRequests> caller : history.callers().entrySet()) {
      RecentRequests requests = caller.getValue();
      callers.put(
          caller.getKey().value(),
          map(Map.of("minute", write(requests.minute()), "hour", write(requests.hour()))));
    }
    return callers;
  }

  private static AttributeValue write(RollingCount count) {
    return b(SlotCoding.encode(count.accepted(), count.window().slot()));
  }

  private static Versioned read(Map<String, AttributeValue> item) {
    Map<ClientAppId, RecentRequests> callers = new HashMap<>();
    if (item.containsKey(CALLERS)) {
      for (Map.Entry<String, AttributeValue> caller : item.get(CALLERS).m().entrySet()) {
        Map<String, AttributeValue> requests = caller.getValue().m();
        callers.put(
            new ClientAppId(caller.getKey()),
            new RecentRequests(
                read(requests, "minute", RateWindow.MINUTE),
                read(requests, "hour", RateWindow.HOUR)));
      }
    }
    return new Versioned(new RequestHistory(callers), number(item, "version"));
  }

  private static RollingCount read(
      Map<String, AttributeValue> item, String name, RateWindow window) {
    return new RollingCount(window, SlotCoding.decode(bytes(item, name), window.slot()));
  }
}
