package conversations.deletion.local.sample;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A table of records in memory that answers scans in pages of two. */
final class PagedTable implements DynamoDbClient {
  private static final int PAGE = 2;

  final SortedMap<String, Map<String, AttributeValue>> records = new TreeMap<>();

  void put(Map<String, AttributeValue> item) {
    records.put(item.get("conversationKey").s() + " " + item.get("recordKey").s(), item);
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    if (!request.consistentRead()) {
      throw new IllegalArgumentException("A census needs consistent reads.");
    }
    SortedMap<String, Map<String, AttributeValue>> rest =
        request.hasExclusiveStartKey()
            ? records.tailMap(request.exclusiveStartKey().get("last").s() + "\0")
            : records;
    ScanResponse.Builder page =
        ScanResponse.builder().items(rest.values().stream().limit(PAGE).toList());
    if (rest.size() > PAGE) {
      String last = rest.keySet().stream().skip(PAGE - 1).findFirst().orElseThrow();
      page.lastEvaluatedKey(Map.of("last", AttributeValue.fromS(last)));
    }
    return page.build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
