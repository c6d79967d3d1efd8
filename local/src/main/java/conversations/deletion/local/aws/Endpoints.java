package conversations.deletion.local.aws;

import java.net.URI;

/** Where the AWS services answer that the functions use. */
public record Endpoints(URI dynamoDb, URI sqs, URI ses, URI secretsManager) {

  /** One endpoint for all services, as emulators offer it. */
  public static Endpoints all(URI endpoint) {
    return new Endpoints(endpoint, endpoint, endpoint, endpoint);
  }

  /** The same, with mails sent there. */
  public Endpoints withSes(URI other) {
    return new Endpoints(dynamoDb, sqs, other, secretsManager);
  }
}
