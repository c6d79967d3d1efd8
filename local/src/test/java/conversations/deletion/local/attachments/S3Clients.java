package conversations.deletion.local.attachments;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.adapter.s3.S3Attachments;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.local.aws.Endpoints;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A worker's clients of S3, as they are deployed: lists are repeated, deletes and aborts are not.
 *
 * @param s3 repeats what failed
 * @param singleAttempt sends each request once
 */
public record S3Clients(S3Client s3, S3Client singleAttempt) implements AutoCloseable {

  /**
   * Clients over a network.
   *
   * @param repeating how requests are repeated
   * @param once a strategy that repeats none
   */
  public static S3Clients over(
      SdkHttpClient network,
      Endpoints endpoints,
      String region,
      RetryStrategy repeating,
      RetryStrategy once) {
    return new S3Clients(
        client(network, endpoints, region, repeating), client(network, endpoints, region, once));
  }

  private static S3Client client(
      SdkHttpClient network, Endpoints endpoints, String region, RetryStrategy retries) {
    return S3Client.builder()
        .forcePathStyle(true)
        .endpointOverride(endpoints.s3())
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(network)
        .overrideConfiguration(ClientOverrideConfiguration.builder().retryStrategy(retries).build())
        .build();
  }

  /** The adapter, by these clients. */
  public Attachments attachments(AttachmentsBucket bucket) {
    return new S3Attachments(s3, singleAttempt, bucket, new AwsOutages());
  }

  @Override
  public void close() {
    s3.close();
    singleAttempt.close();
  }
}
