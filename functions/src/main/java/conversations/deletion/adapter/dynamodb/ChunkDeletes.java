package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Deletes the chunks of a job, or of a preview. */
final class ChunkDeletes {

  private static final int MAX_BATCH = 25;

  private ChunkDeletes() {}

  /**
   * Deletes all chunks of one owner.
   *
   * @param key the attribute that names the owner
   * @throws IllegalStateException if some are left; the next attempt finds them
   */
  static void deleteAll(DynamoDbClient dynamoDb, String table, String key, String owner) {
    dynamoDb
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression(key + " = :owner")
                    .projectionExpression(key + ", " + ChunkItems.CHUNK)
                    .expressionAttributeValues(Map.of(":owner", s(owner)))
                    .limit(MAX_BATCH))
        .forEach(page -> deleteBatch(dynamoDb, table, page.items()));
  }

  private static void deleteBatch(
      DynamoDbClient dynamoDb, String table, List<Map<String, AttributeValue>> keys) {
    if (keys.isEmpty()) {
      return;
    }
    List<WriteRequest> requests =
        keys.stream()
            .map(key -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build())
            .toList();
    boolean isWhole =
        dynamoDb
            .batchWriteItem(request -> request.requestItems(Map.of(table, requests)))
            .unprocessedItems()
            .isEmpty();
    if (!isWhole) {
      throw new IllegalStateException("not all chunks could be deleted this time");
    }
  }
}
