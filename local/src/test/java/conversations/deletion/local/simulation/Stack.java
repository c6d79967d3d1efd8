package conversations.deletion.local.simulation;

import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.embedded.EmbeddedServices;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.Template;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Tables and queues of the template on the chosen peer, for the adapters alone. */
final class Stack implements AutoCloseable {

  private static final String REGION = "eu-central-1";

  private final AwsClients clients;
  private final Provisioning provisioning;
  private final Template template;

  Stack() {
    LocalOptions options = AwsPeer.options();
    Endpoints endpoints =
        options.embedded().map(EmbeddedServices::endpoints).or(options::endpoints).orElseThrow();
    this.clients = AwsClients.of(endpoints, REGION);
    this.provisioning = new Provisioning(clients);
    this.template =
        Template.read(
            options.template(),
            options.parameters(),
            new Account(provisioning.accountId(), REGION, options.stackName()),
            provisioning::queueUrl);
    provisioning.create(template);
  }

  DynamoDbClient dynamoDb() {
    return clients.dynamoDb();
  }

  SqsClient sqs() {
    return clients.sqs();
  }

  String table(String logicalId) {
    return template.tableName(logicalId);
  }

  String queueUrl(String logicalId) {
    return provisioning.queueUrl(template.queueName(logicalId));
  }

  @Override
  public void close() {
    provisioning.delete(template);
    clients.close();
  }
}
