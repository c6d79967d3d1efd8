package conversations.deletion.local.engine;

import conversations.deletion.local.attachments.S3Clients;
import conversations.deletion.local.aws.Endpoints;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of the off-peak function, as they are deployed. The SDK repeats what failed, here
 * without waiting, except for deletes and e-mails.
 */
record WorkerClients(
    DynamoDbClient dynamoDb,
    DynamoDbClient singleAttemptDynamoDb,
    SqsClient sqs,
    SesClient ses,
    S3Clients s3)
    implements AutoCloseable {

  private static final int DYNAMODB_ATTEMPTS = 4;
  private static final int SQS_ATTEMPTS = 3;
  private static final int S3_ATTEMPTS = 3;

  static WorkerClients over(SdkHttpClient network, Endpoints endpoints, String region) {
    return new WorkerClients(
        client(
            DynamoDbClient.builder(),
            network,
            endpoints.dynamoDb(),
            region,
            attempts(DYNAMODB_ATTEMPTS)),
        client(DynamoDbClient.builder(), network, endpoints.dynamoDb(), region, attempts(1)),
        client(SqsClient.builder(), network, endpoints.sqs(), region, attempts(SQS_ATTEMPTS)),
        client(SesClient.builder(), network, endpoints.ses(), region, attempts(1)),
        S3Clients.over(network, endpoints, region, attempts(S3_ATTEMPTS), attempts(1)));
  }

  private static RetryStrategy attempts(int most) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(most)
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .circuitBreakerEnabled(false)
        .build();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient network, URI endpoint, String region, RetryStrategy retries) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(network)
        .overrideConfiguration(ClientOverrideConfiguration.builder().retryStrategy(retries).build())
        .build();
  }

  @Override
  public void close() {
    dynamoDb.close();
    singleAttemptDynamoDb.close();
    sqs.close();
    ses.close();
    s3.close();
  }
}
