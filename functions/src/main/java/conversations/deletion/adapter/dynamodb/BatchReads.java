package conversations.deletion.adapter.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads many items in one request, or in several if DynamoDB leaves some items out. */
final class BatchReads {

  /** The SDK does not ask again for keys that were left unprocessed. */
  private static final int MAX_REQUESTS = 4;

  private static final BackoffStrategy BACKOFF =
      BackoffStrategy.exponentialDelayHalfJitter(Duration.ofMillis(100), Duration.ofMillis(400));

  private BatchReads() {}

  /**
   * Reads all existing items of these keys, in no particular order.
   *
   * @param wanted up to 100 keys, by table
   * @throws SdkClientException if DynamoDB left some out in every request
   */
  static List<Map<String, AttributeValue>> read(
      DynamoDbClient dynamoDb, Map<String, KeysAndAttributes> wanted) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, KeysAndAttributes> left = wanted;
    for (int attempt = 1; attempt <= MAX_REQUESTS; attempt++) {
      // There is no delay before the first attempt.
      Attempts.pause(BACKOFF.computeDelay(attempt));
      BatchGetItemResponse answer =
          dynamoDb.batchGetItem(BatchGetItemRequest.builder().requestItems(left).build());
      for (List<Map<String, AttributeValue>> ofTable : answer.responses().values()) {
        items.addAll(ofTable);
      }
      left = answer.unprocessedKeys();
      if (left.isEmpty()) {
        return items;
      }
    }
    throw SdkClientException.create("BatchGetItem left keys unprocessed, again and again");
  }
}
