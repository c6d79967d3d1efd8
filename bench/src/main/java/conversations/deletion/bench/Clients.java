package conversations.deletion.bench;

import conversations.deletion.config.CallTimers;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's clients, configured as the functions configure them, over one HTTP client. */
final class Clients {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench"));

  private final ClientOverrideConfiguration standard;
  private final ClientOverrideConfiguration once;
  private final DynamoDbClient dynamoDb;
  private final DynamoDbClient singleAttemptDynamoDb;
  private final SqsClient sqs;
  private final SesClient ses;

  Clients(SdkHttpClient http) {
    this.standard =
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(CALL_TIMEOUT)
            .scheduledExecutorService(CallTimers.start())
            .build();
    this.once = standard.toBuilder().retryStrategy(AwsRetryStrategy.doNotRetry()).build();
    this.dynamoDb = build(DynamoDbClient.builder(), http, standard);
    this.singleAttemptDynamoDb = build(DynamoDbClient.builder(), http, once);
    this.sqs = build(SqsClient.builder(), http, standard);
    this.ses = build(SesClient.builder(), http, once);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
      B builder, SdkHttpClient http, ClientOverrideConfiguration configuration) {
    return builder
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(http)
        .overrideConfiguration(configuration)
        .build();
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  DynamoDbClient singleAttemptDynamoDb() {
    return singleAttemptDynamoDb;
  }

  /** S3 by an HTTP client of its own. */
  S3Client s3(SdkHttpClient http) {
    return build(S3Client.builder(), http, standard);
  }

  S3Client singleAttemptS3(SdkHttpClient http) {
    return build(S3Client.builder(), http, once);
  }

  SqsClient sqs() {
    return sqs;
  }

  SesClient ses() {
    return ses;
  }
}
