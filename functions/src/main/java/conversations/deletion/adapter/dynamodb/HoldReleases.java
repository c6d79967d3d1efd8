package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.HoldItems.EXPIRES_AT;
import static conversations.deletion.adapter.dynamodb.HoldItems.ITEM_KEY;
import static conversations.deletion.adapter.dynamodb.HoldItems.RELEASED_AT;
import static conversations.deletion.adapter.dynamodb.HoldsOfBotItems.VERSION;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldsOfBot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The second step of a release: how the bot's holds stand, once all says that the hold is released.
 *
 * @param retention how long a hold is kept after its release; until then, its id is spent
 */
record HoldReleases(DynamoDbClient dynamoDb, String table, Duration retention) {

  private static final String FINISH =
      "SET %s = :expiry REMOVE %s, %s".formatted(EXPIRES_AT, OPEN_GROUP, SWEEP_AT);

  /** Only a hold whose release is not seen through is released and in the index. */
  private static final String IS_UNFINISHED =
      "attribute_exists(%s) AND attribute_exists(%s)".formatted(RELEASED_AT, OPEN_GROUP);

  /**
   * Sees a release through. To do it twice changes nothing more.
   *
   * @param released the hold as it was read since its release
   * @throws TransactionCanceledException if others change the bot's holds for seconds
   */
  void finish(Hold released) {
    for (int attempt = 1; !isFinished(released, attempt == Transactions.MAX_ATTEMPTS); attempt++) {
      Attempts.pause(Transactions.BACKOFF.computeDelay(attempt + 1));
    }
  }

  /** False if the bot's holds were changed since they were read, unless it was the last try. */
  private boolean isFinished(Hold released, boolean isLast) {
    HoldsOfBot before = HoldsOfBotItems.find(dynamoDb, table, released.bot());
    try {
      Transactions.commit(
          dynamoDb,
          List.of(finished(released), raised(before, before.released(released), released)));
      return true;
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        return true;
      }
      if (isLast || !Transactions.isRefusedByLastCondition(e)) {
        throw e;
      }
      return false;
    }
  }

  private TransactWriteItem finished(Hold released) {
    long expiry = released.release().orElseThrow().at().plus(retention).getEpochSecond();
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(HoldItems.key(released.bot(), released.id()))
                    .updateExpression(FINISH)
                    .conditionExpression(IS_UNFINISHED)
                    .expressionAttributeValues(Map.of(":expiry", n(expiry))))
        .build();
  }

  /** A bot that has holds, none of which was promised yet, has no version. */
  private TransactWriteItem raised(HoldsOfBot seen, HoldsOfBot after, Hold hold) {
    Put.Builder put = Put.builder().tableName(table).item(HoldsOfBotItems.write(hold.bot(), after));
    if (seen.version() == 0) {
      put.conditionExpression("attribute_not_exists(" + ITEM_KEY + ")");
    } else {
      put.conditionExpression(VERSION + " = :seen")
          .expressionAttributeValues(Map.of(":seen", n(seen.version())));
    }
    return TransactWriteItem.builder().put(put.build()).build();
  }
}
