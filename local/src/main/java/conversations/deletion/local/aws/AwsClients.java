package conversations.deletion.local.aws;

import conversations.deletion.client.service.AwsAccess;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's clients for a set of endpoints. */
public record AwsClients(
    DynamoDbClient dynamoDb,
    SqsClient sqs,
    SesClient ses,
    SecretsManagerClient secretsManager,
    S3Client s3)
    implements AutoCloseable {

  /** Any key will do: neither the embedded services nor the known emulators check it. */
  static final String ACCESS_KEY = "local";

  static final String SECRET_KEY = "local";

  /** Clients for those endpoints, in that region. */
  public static AwsClients of(Endpoints endpoints, String region) {
    return new AwsClients(
        pointed(DynamoDbClient.builder(), endpoints.dynamoDb(), region),
        pointed(SqsClient.builder(), endpoints.sqs(), region),
        pointed(SesClient.builder(), endpoints.ses(), region),
        pointed(SecretsManagerClient.builder(), endpoints.secretsManager(), region),
        // An endpoint here has one name for all buckets.
        pointed(S3Client.builder().forcePathStyle(true), endpoints.s3(), region));
  }

  @Override
  public void close() {
    dynamoDb.close();
    sqs.close();
    ses.close();
    secretsManager.close();
    s3.close();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C pointed(
      B builder, URI endpoint, String region) {
    return AwsAccess.direct(builder, endpoint, UrlConnectionHttpClient.builder())
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .build();
  }
}
