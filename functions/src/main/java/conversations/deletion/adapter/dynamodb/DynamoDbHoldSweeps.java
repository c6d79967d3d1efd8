package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.HoldItems.HOLD_KEY;
import static conversations.deletion.adapter.dynamodb.HoldItems.ITEM_KEY;
import static conversations.deletion.adapter.dynamodb.HoldItems.RELEASED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.HoldSweeps;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sweeps the table of holds, by its index of those of which something is to be done. */
public final class DynamoDbHoldSweeps implements HoldSweeps {

  private static final int PAGE = 25;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final SweepIndex index;
  private final HoldReleases releases;
  private final TolerantReader<Hold> reader;

  /**
   * @param retention how long a hold is kept after its release
   */
  public DynamoDbHoldSweeps(
      DynamoDbClient dynamoDb, String table, Duration retention, OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.index = new SweepIndex(dynamoDb, table, HoldItems.HOLDS_TO_DO);
    this.releases = new HoldReleases(dynamoDb, table, retention);
    this.reader =
        new TolerantReader<>(HoldItems::read, e -> log.error("hold_unreadable", Map.of(), e));
  }

  /** {@inheritDoc} The index may be late, so each is read anew. */
  @Override
  public Stream<Hold> due(Instant now) {
    return index
        .due(HoldItems.TO_DO, now, PAGE)
        .map(entry -> Map.of(HOLD_KEY, entry.get(HOLD_KEY), ITEM_KEY, entry.get(ITEM_KEY)))
        .flatMap(key -> HoldItems.find(dynamoDb, table, key).stream())
        .filter(item -> isDue(item, now))
        .flatMap(reader::read);
  }

  private static boolean isDue(Map<String, AttributeValue> item, Instant now) {
    return Attributes.findInstant(item, SWEEP_AT)
        .filter(moment -> !moment.isAfter(now))
        .isPresent();
  }

  @Override
  public void finishRelease(Hold released) {
    releases.finish(released);
  }

  @Override
  public void reviewed(Hold hold) {
    // If the condition does not hold, it was released meanwhile, which is to be seen through.
    ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(HoldItems.key(hold.bot(), hold.id()))
                .updateExpression("REMOVE %s, %s".formatted(OPEN_GROUP, SWEEP_AT))
                .conditionExpression(
                    "attribute_exists(%s) AND attribute_not_exists(%s)"
                        .formatted(ITEM_KEY, RELEASED_AT)));
  }
}
