package conversations.deletion.client.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables in memory that can leave puts unprocessed. */
final class FakeTables implements DynamoDbClient {
  final SortedMap<String, Map<String, AttributeValue>> records = new TreeMap<>();
  final SortedMap<String, Map<String, AttributeValue>> channelUsers = new TreeMap<>();
  final List<Integer> batchSizes = new ArrayList<>();

  /** How many more requests leave their last item unprocessed. */
  int incompleteAnswers;

  boolean broken;

  private void put(Map<String, AttributeValue> item) {
    records.put(item.get("conversationKey").s() + " " + item.get("recordKey").s(), item);
  }

  @Override
  public synchronized BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    if (broken) {
      throw new IllegalStateException("No table today.");
    }
    List<WriteRequest> puts = request.requestItems().get("records");
    batchSizes.add(puts.size());
    int processed = puts.size();
    if (incompleteAnswers > 0) {
      incompleteAnswers--;
      processed--;
    }
    puts.subList(0, processed).forEach(put -> put(put.putRequest().item()));
    List<WriteRequest> left = puts.subList(processed, puts.size());
    return BatchWriteItemResponse.builder()
        .unprocessedItems(left.isEmpty() ? Map.of() : Map.of("records", left))
        .build();
  }

  @Override
  public synchronized PutItemResponse putItem(PutItemRequest request) {
    String key = request.item().get("botId").s() + " " + request.item().get("cId").s();
    if (channelUsers.putIfAbsent(key, request.item()) != null) {
      throw ConditionalCheckFailedException.builder().message("The item is there.").build();
    }
    return PutItemResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
