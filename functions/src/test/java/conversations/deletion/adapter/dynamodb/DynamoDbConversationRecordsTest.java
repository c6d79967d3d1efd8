package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Deletes on the network: each request is sent once, even if it fails. */
class DynamoDbConversationRecordsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final RecordId ONE = new RecordId(BOT, new ConversationId("c-1"), "MESSAGE#1");
  private static final RecordId OTHER = new RecordId(BOT, new ConversationId("c-2"), "SESSION");

  private final List<String> requests = new ArrayList<>();
  private RecordsTableShape shape = RecordsTableShape.ofOwn("records");

  @Test
  void sendsOneRequestForAllRecords() {
    assertThat(delete(200, "{\"UnprocessedItems\":{}}")).isEmpty();

    assertThat(requests)
        .singleElement()
        .satisfies(
            request ->
                assertThat(request)
                    .contains("st-1#c-1", "MESSAGE#1", "st-1#c-2", "SESSION", "DeleteRequest")
                    .doesNotContain("PutRequest"));
  }

  @Test
  void returnsWhatWasLeftUnprocessedAndSendsNothingAgain() {
    String left =
        """
        {"UnprocessedItems":{"records":[{"DeleteRequest":{"Key":
          {"conversationKey":{"S":"st-1#c-2"},"recordKey":{"S":"SESSION"}}}}]}}
        """;

    assertThat(delete(200, left)).containsExactly(OTHER);

    assertThat(requests).hasSize(1);
  }

  @Test
  void knowsWhatWasLeftWhateverTheConversationsIdLooksLike() {
    String left =
        """
        {"UnprocessedItems":{"records":[{"DeleteRequest":{"Key":
          {"conversationKey":{"S":"st-1#a#b/c d"},"recordKey":{"S":"TAG#1"}}}}]}}
        """;

    assertThat(delete(200, left))
        .containsExactly(new RecordId(BOT, new ConversationId("a#b/c d"), "TAG#1"));
  }

  @Test
  void callsTheKeysAsThePlatformDoes() {
    shape = new RecordsTableShape("items", "key", "name", "index", "user", "date");
    String left =
        """
        {"UnprocessedItems":{"items":[{"DeleteRequest":{"Key":
          {"key":{"S":"st-1#c-2"},"name":{"S":"SESSION"}}}}]}}
        """;

    assertThat(delete(200, left)).containsExactly(OTHER);

    assertThat(requests)
        .singleElement()
        .asString()
        .contains("\"key\":{\"S\":\"st-1#c-1\"}", "\"name\":{\"S\":\"MESSAGE#1\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException",
    "400, ThrottlingException",
    "400, RequestLimitExceeded",
    "500, InternalServerError",
    "503, ServiceUnavailable"
  })
  void returnsAllThatAnOutageMayHaveLeftAndSendsNothingAgain(int status, String error) {
    assertThat(delete(status, "{\"__type\":\"%s\"}".formatted(error))).containsExactly(ONE, OTHER);

    assertThat(requests).hasSize(1);
  }

  @Test
  void returnsAllWhereTheAnswerWasLostAndSendsNothingAgain() {
    assertThat(delete(0, "")).containsExactly(ONE, OTHER);

    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException",
    "ResourceNotFoundException",
    "ValidationException",
    "UnrecognizedClientException"
  })
  void passesOnWhatNoLaterAttemptCanMend(String error) {
    assertThatThrownBy(() -> delete(400, "{\"__type\":\"%s\"}".formatted(error)))
        .isInstanceOf(DynamoDbException.class);

    assertThat(requests).hasSize(1);
  }

  private List<RecordId> delete(int status, String body) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(new Answering(status, body))
            .overrideConfiguration(
                override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build()) {
      return new DynamoDbConversationRecords(
              new DynamoDbConversationReads(null, shape, Set.of(), (_, _) -> {}),
              client,
              shape,
              new AwsOutages(),
              (_, _) -> {})
          .delete(List.of(ONE, OTHER))
          .unprocessed();
    }
  }

  /** A network on which every request gets the same answer, or none if the status is 0. */
  private final class Answering implements SdkHttpClient {

    private final int status;
    private final String body;

    Answering(int status, String body) {
      this.status = status;
      this.body = body;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      requests.add(
          request.contentStreamProvider().map(content -> text(content.newStream())).orElse(""));
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          if (status == 0) {
            throw new IOException("connection reset");
          }
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(status).build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
