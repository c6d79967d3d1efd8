package conversations.deletion.local.access;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.adapter.dynamodb.DynamoDbSpentTokens;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.LocalAws;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of spent tokens, under retries and simultaneous uses. */
class SpentTokensIT {

  private static final ClientAppId APP = new ClientAppId("app-1");

  private static LocalAws aws;

  private final JtiDigest jti = JtiDigest.of(UUID.randomUUID().toString());
  private final Instant forgetAt = Instant.now().plus(Duration.ofDays(1));

  @BeforeAll
  static void start() {
    aws = LocalAws.start(AwsPeer.options());
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  private static DynamoDbSpentTokens spentTokens(DynamoDbClient dynamoDb) {
    return new DynamoDbSpentTokens(dynamoDb, aws.tableName("SpentTokensTable"));
  }

  private boolean spend(ClientAppId app) {
    return spentTokens(aws.clients().dynamoDb()).spend(app, jti, forgetAt);
  }

  @Test
  void areSpentOnceByEachClientApp() {
    assertThat(spend(APP)).isTrue();
    assertThat(spend(APP)).isFalse();
    assertThat(spend(new ClientAppId("app-2"))).isTrue();
  }

  @Test
  void areForgottenByTheTableOnceNobodyAcceptsThem() {
    spend(APP);

    Map<String, AttributeValue> item =
        aws.clients()
            .dynamoDb()
            .getItem(
                request ->
                    request
                        .tableName(aws.tableName("SpentTokensTable"))
                        .key(Map.of("tokenKey", AttributeValue.fromS(APP + "#" + jti))))
            .item();
    assertThat(item.get("expiresAt").n()).isEqualTo(Long.toString(forgetAt.getEpochSecond()));
  }

  /** If the SDK repeats the first use because the reply got lost, it is still the first use. */
  @Test
  void doNotTakeARetriedUseForASecondOne() {
    AtomicInteger attempts = new AtomicInteger();
    try (DynamoDbClient dynamoDb = clientThatLosesTheFirstReply(attempts)) {
      assertThat(spentTokens(dynamoDb).spend(APP, jti, forgetAt)).isTrue();
    }

    assertThat(attempts).hasValue(2);
    assertThat(spend(APP)).isFalse();
  }

  /** The same the other way round. */
  @Test
  void doNotTakeASecondUseForARetriedOne() {
    spend(APP);

    try (DynamoDbClient dynamoDb = clientThatLosesTheFirstReply(new AtomicInteger())) {
      assertThat(spentTokens(dynamoDb).spend(APP, jti, forgetAt)).isFalse();
    }
  }

  @RepeatedTest(10)
  void letOneOfManyWinThatComeTogether() throws Exception {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    List<Callable<Boolean>> uses =
        IntStream.range(0, 20).<Callable<Boolean>>mapToObj(_ -> () -> spend(APP)).toList();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(uses).stream().map(Future::resultNow)).containsOnlyOnce(true);
    }
  }

  private static DynamoDbClient clientThatLosesTheFirstReply(AtomicInteger attempts) {
    SdkHttpClient http = UrlConnectionHttpClient.create();
    return DynamoDbClient.builder()
        .endpointOverride(aws.endpoints().dynamoDb())
        .region(aws.clients().dynamoDb().serviceClientConfiguration().region())
        .httpClient(
            new SdkHttpClient() {
              @Override
              public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return losing(http.prepareRequest(request), attempts);
              }

              @Override
              public void close() {
                http.close();
              }
            })
        .build();
  }

  private static ExecutableHttpRequest losing(
      ExecutableHttpRequest request, AtomicInteger attempts) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        HttpExecuteResponse response = request.call();
        if (attempts.incrementAndGet() == 1) {
          throw new IOException("the reply got lost");
        }
        return response;
      }

      @Override
      public void abort() {
        request.abort();
      }
    };
  }
}
