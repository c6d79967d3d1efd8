package conversations.deletion.config;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK's clients of one function. This is the one place where they are built, each when it is
 * first needed.
 *
 * <p>The SDK finds region, credentials and endpoints as usual, but looks only in environment
 * variables, system properties and the container. Only one thread may use an instance; the clients
 * are safe for use by several.
 */
final class SdkClients {

  private static final String CONNECTIONS_KEPT_PER_HOST = "64";

  /** Lambda has no profiles, and to look for them would cost time. */
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private final Duration callTimeout;
  private AwsCredentialsProvider credentials;
  private SdkHttpClient httpClient;
  private DynamoDbClient dynamoDb;
  private ScheduledExecutorService callTimers;
  private S3Client s3;
  private SqsClient sqs;

  /**
   * @param callTimeout how long one call may take, with all retries by the SDK
   */
  SdkClients(Duration callTimeout) {
    this.callTimeout = callTimeout;
  }

  DynamoDbClient dynamoDb() {
    if (dynamoDb == null) {
      dynamoDb = configured(DynamoDbClient.builder(), withinCallTimeout()).build();
    }
    return dynamoDb;
  }

  /** Sends each request once, so that the engine decides on every delete that is sent. */
  DynamoDbClient singleAttemptDynamoDb() {
    return configured(DynamoDbClient.builder(), singleAttempt()).build();
  }

  S3Client s3() {
    if (s3 == null) {
      s3 = s3(withinCallTimeout());
    }
    return s3;
  }

  /** Sends each request once, so that the engine decides on every delete that is sent. */
  S3Client singleAttemptS3() {
    return s3(singleAttempt());
  }

  private S3Client s3(ClientOverrideConfiguration.Builder calls) {
    return configured(S3Client.builder(), calls).forcePathStyle(isS3Elsewhere()).build();
  }

  /** An endpoint that was named answers for its own host, and not for one of each bucket. */
  private static boolean isS3Elsewhere() {
    return System.getProperty("aws.endpointUrlS3") != null
        || System.getenv("AWS_ENDPOINT_URL_S3") != null;
  }

  /**
   * Sends each request once, because a repeated one might send a second e-mail.
   *
   * @param mailTimeout how long SES may take to answer, by sockets of its own
   */
  SesClient ses(Duration mailTimeout) {
    return configured(SesClient.builder(), singleAttempt().apiCallTimeout(mailTimeout))
        .httpClient(httpClient(mailTimeout))
        .build();
  }

  SqsClient sqs() {
    if (sqs == null) {
      sqs = configured(SqsClient.builder(), withinCallTimeout()).build();
    }
    return sqs;
  }

  SecretsManagerClient secretsManager() {
    return configured(SecretsManagerClient.builder(), withinCallTimeout()).build();
  }

  private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(
      B builder, ClientOverrideConfiguration.Builder calls) {
    return builder
        .region(new SystemSettingsRegionProvider().getRegion())
        .credentialsProvider(credentials())
        .httpClient(httpClient())
        .overrideConfiguration(calls.defaultProfileFile(NO_PROFILES).build());
  }

  private ClientOverrideConfiguration.Builder withinCallTimeout() {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(callTimeout)
        .scheduledExecutorService(callTimers());
  }

  private ClientOverrideConfiguration.Builder singleAttempt() {
    return withinCallTimeout().retryStrategy(AwsRetryStrategy.doNotRetry());
  }

  private ScheduledExecutorService callTimers() {
    if (callTimers == null) {
      callTimers = CallTimers.start();
    }
    return callTimers;
  }

  /**
   * Finds them where Lambda keeps them, with SnapStart (the last place) and without, and where
   * tests do.
   */
  private AwsCredentialsProvider credentials() {
    if (credentials == null) {
      credentials =
          AwsCredentialsProviderChain.of(
              SystemPropertyCredentialsProvider.create(),
              EnvironmentVariableCredentialsProvider.create(),
              ContainerCredentialsProvider.create());
    }
    return credentials;
  }

  private SdkHttpClient httpClient() {
    if (httpClient == null) {
      httpClient = httpClient(callTimeout);
    }
    return httpClient;
  }

  private static SdkHttpClient httpClient(Duration timeout) {
    // HttpURLConnection would silently send a POST a second time when its connection breaks off.
    // The SDK would not know, and one attempt would no longer be one request.
    System.setProperty("sun.net.http.retryPost", "false");
    // With its own limit of 5, most parallel calls would open a new connection each time.
    if (System.getProperty("http.maxConnections") == null) {
      System.setProperty("http.maxConnections", CONNECTIONS_KEPT_PER_HOST);
    }
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(timeout.dividedBy(4))
        .socketTimeout(timeout.multipliedBy(3).dividedBy(4))
        .build();
  }
}
