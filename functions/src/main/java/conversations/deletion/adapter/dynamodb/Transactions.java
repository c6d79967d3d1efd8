package conversations.deletion.adapter.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The parts of transactions on tables, and the reasons why transactions were cancelled. */
final class Transactions {

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private Transactions() {}

  static TransactWriteItem put(String table, Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(table).item(item).build())
        .build();
  }

  /** Tells whether the condition of the transaction's first write did not hold. */
  static boolean isRefusedByFirstCondition(TransactionCanceledException cancelled) {
    return CONDITION_FAILED.equals(cancelled.cancellationReasons().getFirst().code());
  }
}
