package conversations.deletion.bench;

import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.local.embedded.DynamoDbLocal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The records table in DynamoDB Local, over HTTP; for all else, the stub. Takes the place of the
 * SDK's HTTP client.
 */
final class LocalRecords implements SdkHttpClient {

  private static final String CONTENT = "x".repeat(700);

  private final StubAws aws;
  private final DynamoDbLocal local = DynamoDbLocal.start();
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final DynamoDbClient records = new Clients(this).dynamoDb();

  LocalRecords(StubAws aws) {
    this.aws = aws;
    createTable();
  }

  private void createTable() {
    records.createTable(
        request ->
            request
                .tableName(RecordsTable.NAME)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    string(RecordsTableShape.PARTITION_KEY),
                    string(RecordsTableShape.SORT_KEY),
                    string(RecordsTableShape.INDEX_PARTITION_KEY),
                    string(RecordsTableShape.INDEX_SORT_KEY))
                .keySchema(keys(RecordsTableShape.PARTITION_KEY, RecordsTableShape.SORT_KEY))
                .globalSecondaryIndexes(index()));
  }

  private static GlobalSecondaryIndex index() {
    return GlobalSecondaryIndex.builder()
        .indexName(RecordsTable.INDEX)
        .keySchema(keys(RecordsTableShape.INDEX_PARTITION_KEY, RecordsTableShape.INDEX_SORT_KEY))
        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<KeySchemaElement> keys(String partition, String sort) {
    return List.of(
        KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  /** Makes up a channel user in the stub and copies his records. */
  SampleUser add(Shape shape) {
    SampleUser user = shape.addTo(aws.records());
    DynamoDbClient stub = new Clients(aws).dynamoDb();
    List<WriteRequest> puts = new ArrayList<>();
    for (int i = user.first(); i < user.first() + user.conversations(); i++) {
      String conversation = SampleUser.conversationKey(i);
      stub.queryPaginator(
              request ->
                  request
                      .tableName(RecordsTable.NAME)
                      .keyConditionExpression("conversationKey = :conversation")
                      .expressionAttributeValues(
                          Map.of(":conversation", AttributeValue.fromS(conversation))))
          .items()
          .forEach(item -> puts.add(put(item)));
    }
    for (int first = 0; first < puts.size(); first += BareBatch.MAX) {
      List<WriteRequest> batch = puts.subList(first, Math.min(puts.size(), first + BareBatch.MAX));
      records.batchWriteItem(request -> request.requestItems(Map.of(RecordsTable.NAME, batch)));
    }
    return user;
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> record = new HashMap<>(item);
    record.put("content", AttributeValue.fromS(CONTENT));
    if (item.containsKey("cId")) {
      record.put(
          RecordsTableShape.INDEX_PARTITION_KEY,
          AttributeValue.fromS(SampleUser.BOT_ID + "#" + item.get("cId").s()));
    }
    return WriteRequest.builder().putRequest(one -> one.item(record)).build();
  }

  int count() {
    return records
        .scanPaginator(request -> request.tableName(RecordsTable.NAME).select(Select.COUNT))
        .stream()
        .mapToInt(ScanResponse::count)
        .sum();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    byte[] body =
        request.contentStreamProvider().map(content -> bytes(content.newStream())).orElseThrow();
    return new String(body, StandardCharsets.UTF_8).contains('"' + RecordsTable.NAME + '"')
        ? http.prepareRequest(
            HttpExecuteRequest.builder()
                .request(atLocal(request.httpRequest()))
                .contentStreamProvider(() -> new ByteArrayInputStream(body))
                .build())
        : aws.prepareRequest(request);
  }

  private SdkHttpRequest atLocal(SdkHttpRequest request) {
    URI endpoint = local.endpoint();
    return request.toBuilder()
        .protocol(endpoint.getScheme())
        .host(endpoint.getHost())
        .port(endpoint.getPort())
        .build();
  }

  private static byte[] bytes(InputStream content) {
    try (content) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    local.close();
  }
}
