package conversations.deletion.local.embedded;

import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.template.Account;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The AWS services that the functions use, in this JVM; several stacks may share them. */
public record EmbeddedServices(
    DynamoDbLocal dynamoDb,
    ElasticMq sqs,
    SesEndpoint ses,
    SecretsEndpoint secretsManager,
    S3Endpoint s3)
    implements AutoCloseable {

  /**
   * Starts them all at the same time.
   *
   * @param listening where they listen
   * @param account the account that their ARNs name
   * @param mails where mails are kept as files
   */
  public static EmbeddedServices start(Listening listening, Account account, Path mails) {
    CompletableFuture<ElasticMq> sqs =
        CompletableFuture.supplyAsync(() -> ElasticMq.start(listening, account));
    CompletableFuture<S3Endpoint> s3 =
        CompletableFuture.supplyAsync(() -> S3Endpoint.start(listening, account));
    return new EmbeddedServices(
        DynamoDbLocal.start(listening),
        sqs.join(),
        SesEndpoint.start(listening, mails),
        SecretsEndpoint.start(listening, account),
        s3.join());
  }

  public Endpoints endpoints() {
    return new Endpoints(
        dynamoDb.endpoint(),
        sqs.endpoint(),
        ses.endpoint(),
        secretsManager.endpoint(),
        s3.endpoint());
  }

  @Override
  public void close() {
    s3.close();
    secretsManager.close();
    ses.close();
    sqs.close();
    dynamoDb.close();
  }
}
