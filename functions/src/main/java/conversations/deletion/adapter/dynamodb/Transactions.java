package conversations.deletion.adapter.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The parts of transactions on tables, and the reasons why transactions were cancelled. */
final class Transactions {

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";
  static final int MAX_ATTEMPTS = 12;

  static final BackoffStrategy BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(20), Duration.ofMillis(500));

  private Transactions() {}

  /**
   * Makes all writes or none. Another transaction on one of the items at the same moment has
   * DynamoDB cancel all but one (Developer Guide, "Transaction conflict handling"), and the SDK
   * does not repeat the cancelled ones. They are repeated here, and then find what the first one
   * made.
   *
   * @throws TransactionCanceledException if a condition does not hold, or others go on for seconds
   */
  static void commit(DynamoDbClient dynamoDb, List<TransactWriteItem> writes) {
    for (int attempt = 1; ; attempt++) {
      try {
        dynamoDb.transactWriteItems(request -> request.transactItems(writes));
        return;
      } catch (TransactionCanceledException e) {
        if (attempt == MAX_ATTEMPTS || isRefusedByFirstCondition(e) || !isConflict(e)) {
          throw e;
        }
        Attempts.pause(BACKOFF.computeDelay(attempt + 1));
      }
    }
  }

  private static boolean isConflict(TransactionCanceledException cancelled) {
    return cancelled.cancellationReasons().stream()
        .anyMatch(reason -> CONFLICT.equals(reason.code()));
  }

  static TransactWriteItem put(String table, Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(table).item(item).build())
        .build();
  }

  /**
   * Puts an item that must not be there yet. If it is, the reason for the refusal has it.
   *
   * @param key an attribute of the key
   */
  static TransactWriteItem putNew(String table, Map<String, AttributeValue> item, String key) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(" + key + ")")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build())
        .build();
  }

  /** Tells whether the condition of the transaction's first write did not hold. */
  static boolean isRefusedByFirstCondition(TransactionCanceledException cancelled) {
    return CONDITION_FAILED.equals(cancelled.cancellationReasons().getFirst().code());
  }

  /** Tells whether the condition of the transaction's last write did not hold. */
  static boolean isRefusedByLastCondition(TransactionCanceledException cancelled) {
    return CONDITION_FAILED.equals(cancelled.cancellationReasons().getLast().code());
  }
}
