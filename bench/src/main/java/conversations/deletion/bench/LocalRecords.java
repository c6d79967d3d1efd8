package conversations.deletion.bench;

import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.embedded.DynamoDbLocal;
import conversations.deletion.local.template.TableDefinition;
import conversations.deletion.local.template.TableDefinition.Index;
import conversations.deletion.local.template.TableDefinition.Key;
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
import java.util.Optional;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Takes the place of the SDK's HTTP client. The records table is in DynamoDB Local, over HTTP;
 * everything else is in the stub.
 */
final class LocalRecords implements SdkHttpClient {

  private static final String CONTENT = "x".repeat(700);

  private final StubAws aws;
  private final DynamoDbLocal local = DynamoDbLocal.start();
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final DynamoDbClient records = new Clients(this).dynamoDb();

  LocalRecords(StubAws aws) {
    this.aws = aws;
    Provisioning.create(table(), records);
  }

  private static TableDefinition table() {
    return new TableDefinition(
        RecordsTable.NAME,
        RecordsTable.NAME,
        Map.of(
            RecordsTableShape.PARTITION_KEY, "S",
            RecordsTableShape.SORT_KEY, "S",
            RecordsTableShape.INDEX_PARTITION_KEY, "S",
            RecordsTableShape.INDEX_SORT_KEY, "S"),
        keys(RecordsTableShape.PARTITION_KEY, RecordsTableShape.SORT_KEY),
        List.of(
            new Index(
                RecordsTable.INDEX,
                keys(RecordsTableShape.INDEX_PARTITION_KEY, RecordsTableShape.INDEX_SORT_KEY),
                "KEYS_ONLY",
                List.of())),
        Optional.empty());
  }

  private static List<Key> keys(String partition, String sort) {
    return List.of(new Key(partition, "HASH"), new Key(sort, "RANGE"));
  }

  /** Makes up a channel user in the stub and copies the user's records. */
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
