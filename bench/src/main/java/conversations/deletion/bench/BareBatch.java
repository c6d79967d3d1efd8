package conversations.deletion.bench;

import conversations.deletion.bench.stub.RecordsTable;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Sends a BatchWriteItem request as the references do, and sends again what it left unprocessed.
 */
final class BareBatch {

  /** The most records of one request. */
  static final int MAX = 25;

  private BareBatch() {}

  static void delete(DynamoDbClient dynamoDb, List<Map<String, AttributeValue>> keys) {
    List<WriteRequest> writes =
        keys.stream()
            .map(key -> WriteRequest.builder().deleteRequest(one -> one.key(key)).build())
            .toList();
    Map<String, List<WriteRequest>> left = Map.of(RecordsTable.NAME, writes);
    while (!left.isEmpty()) {
      Map<String, List<WriteRequest>> now = left;
      left =
          dynamoDb
              .batchWriteItem(
                  request ->
                      request
                          .requestItems(now)
                          .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
              .unprocessedItems();
    }
  }
}
