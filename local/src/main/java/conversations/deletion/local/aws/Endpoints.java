package conversations.deletion.local.aws;

import java.net.URI;

/** The endpoints of the AWS services that the functions use. */
public record Endpoints(URI dynamoDb, URI sqs, URI ses, URI secretsManager, URI s3) {

  /** One endpoint for all services, as emulators offer it. */
  public static Endpoints all(URI endpoint) {
    return new Endpoints(endpoint, endpoint, endpoint, endpoint, endpoint);
  }

  /** The same endpoints, except that mails are sent to this one. */
  public Endpoints withSes(URI other) {
    return new Endpoints(dynamoDb, sqs, other, secretsManager, s3);
  }
}
