package conversations.deletion.bench.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/**
 * A function that reads an item over an HTTP client. The system property {@code http} names the
 * client's service. The function reads twice, or as often as the property {@code reads} says, with
 * as many reads at a time as the engine has deletes. It does not read its event, because that would
 * cost Lambda's serialisation.
 */
public final class HttpClients implements RequestStreamHandler {

  private static final int AT_ONCE = 32;

  private final DynamoDbClient dynamoDb;
  private final int reads = Integer.getInteger("reads", 0);

  public HttpClients() throws ReflectiveOperationException {
    SdkHttpService http =
        (SdkHttpService)
            Class.forName(System.getProperty("http")).getDeclaredConstructor().newInstance();
    this.dynamoDb =
        DynamoDbClient.builder().httpClientBuilder(http.createHttpClientBuilder()).build();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName("DeletionJobs")
            .key(Map.of("botId", AttributeValue.fromS("st"), "jobId", AttributeValue.fromS("cdj")))
            .build();
    dynamoDb.getItem(request);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Math.min(reads, AT_ONCE); i++) {
        threads.execute(() -> readTimes(reads / AT_ONCE, request));
      }
    }
    String status = dynamoDb.getItem(request).item().get("status").s();
    answer.write(status.getBytes(StandardCharsets.UTF_8));
  }

  private void readTimes(int times, GetItemRequest request) {
    for (int i = 0; i < times; i++) {
      dynamoDb.getItem(request);
    }
  }
}
