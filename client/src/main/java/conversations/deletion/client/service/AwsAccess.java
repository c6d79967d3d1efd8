package conversations.deletion.client.service;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes the SDK's clients for the place where a service runs. The caller closes each client.
 *
 * @param endpoints the URLs of services that are not AWS's own, by the id of the service
 */
public record AwsAccess(
    Region region, AwsCredentialsProvider credentials, Map<String, URI> endpoints) {

  /** A function runs for at most 15 minutes. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(16);

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private static final ProxyConfiguration NO_PROXY =
      ProxyConfiguration.builder()
          .useSystemPropertyValues(false)
          .useEnvironmentVariablesValues(false)
          .build();

  /**
   * AWS itself.
   *
   * @param region the region; if empty, the SDK's default
   * @param profile the profile; if empty, the SDK's default
   */
  public static AwsAccess deployed(Optional<String> region, Optional<String> profile) {
    DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
    profile.ifPresent(credentials::profileName);
    return new AwsAccess(
        region.map(Region::of).orElseGet(() -> found(profile)), credentials.build(), Map.of());
  }

  /** Services on this machine, which accept any credentials. */
  static AwsAccess local(String region, Map<String, URI> endpoints) {
    return new AwsAccess(
        Region.of(region),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")),
        endpoints);
  }

  public DynamoDbClient dynamoDb() {
    return pointed(DynamoDbClient.builder(), "dynamodb");
  }

  public SqsClient sqs() {
    return pointed(SqsClient.builder(), "sqs");
  }

  public SecretsManagerClient secretsManager() {
    return pointed(SecretsManagerClient.builder(), "secretsmanager");
  }

  public CloudFormationClient cloudFormation() {
    return pointed(CloudFormationClient.builder(), "cloudformation");
  }

  /** A client that waits for a function's end, and never repeats an invocation by itself. */
  public LambdaClient lambda() {
    return pointed(
        LambdaClient.builder()
            .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry())),
        "lambda");
  }

  /**
   * Points a client to what listens on this machine. It is reached directly, whatever proxy and
   * whatever kind of endpoint this machine is set to use.
   */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B direct(
      B builder, URI endpoint, UrlConnectionHttpClient.Builder http) {
    return builder
        .endpointOverride(endpoint)
        .fipsEnabled(false)
        .dualstackEnabled(false)
        .httpClientBuilder(http.proxyConfiguration(NO_PROXY));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C pointed(
      B builder, String service) {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_WITHIN)
            .socketTimeout(LONGEST_RUN);
    B pointed =
        endpoints.containsKey(service)
            ? direct(builder, endpoints.get(service), http)
            : builder.httpClientBuilder(http);
    return pointed.region(region).credentialsProvider(credentials).build();
  }

  private static Region found(Optional<String> profile) {
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    profile.ifPresent(chain::profileName);
    try {
      return chain.build().getRegion();
    } catch (SdkClientException e) {
      throw new Failure(
          ExitStatus.USAGE,
          "No AWS region is set",
          "Give --region, or set AWS_REGION or the region of the profile.",
          e);
    }
  }
}
