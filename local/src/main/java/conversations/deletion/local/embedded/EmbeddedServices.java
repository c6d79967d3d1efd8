package conversations.deletion.local.embedded;

import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.template.Account;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The AWS services that the functions use, in this JVM; several stacks may share them. */
public record EmbeddedServices(
    DynamoDbLocal dynamoDb, ElasticMq sqs, SesEndpoint ses, SecretsEndpoint secretsManager)
    implements AutoCloseable {

  /**
   * Starts them all at the same time.
   *
   * @param host the network interface that they listen on
   * @param account the account that their ARNs name
   * @param mails where mails are kept as files
   */
  public static EmbeddedServices start(String host, Account account, Path mails) {
    CompletableFuture<ElasticMq> sqs =
        CompletableFuture.supplyAsync(() -> ElasticMq.start(host, account));
    return new EmbeddedServices(
        DynamoDbLocal.start(),
        sqs.join(),
        SesEndpoint.start(host, mails),
        SecretsEndpoint.start(host, account));
  }

  public Endpoints endpoints() {
    return new Endpoints(
        dynamoDb.endpoint(), sqs.endpoint(), ses.endpoint(), secretsManager.endpoint());
  }

  @Override
  public void close() {
    secretsManager.close();
    ses.close();
    sqs.close();
    dynamoDb.close();
  }
}
