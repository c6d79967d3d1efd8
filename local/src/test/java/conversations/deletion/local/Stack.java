package conversations.deletion.local;

import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.aws.Provisioning;
import conversations.deletion.local.aws.SdkSettings;
import conversations.deletion.local.embedded.EmbeddedServices;
import conversations.deletion.local.embedded.Mail;
import conversations.deletion.local.embedded.SesRelay;
import conversations.deletion.local.sample.SampleAttachments;
import conversations.deletion.local.template.Account;
import conversations.deletion.local.template.FunctionDefinition;
import conversations.deletion.local.template.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The template's tables and queues, and a bucket of attachments, on the chosen peer, for one test
 * alone and without any functions. They are gone once the stack is closed.
 */
public final class Stack implements AutoCloseable {

  public static final String REGION = "eu-central-1";

  private final LocalOptions options;
  private final Optional<EmbeddedServices> embedded;
  private final Optional<SesRelay> relay;
  private final Endpoints endpoints;
  private final AwsClients clients;
  private final Provisioning provisioning;
  private final Account account;
  private final Template template;

  public Stack() {
    this.options = AwsPeer.options();
    this.embedded = options.embedded();
    this.relay = options.endpoints().map(given -> SesRelay.to(given.ses()));
    this.endpoints = embedded.map(EmbeddedServices::endpoints).or(this::relayed).orElseThrow();
    this.clients = AwsClients.of(endpoints, REGION);
    this.provisioning = new Provisioning(clients);
    this.account = new Account(provisioning.accountId(), REGION, options.stackName());
    this.template = read(options);
    provisioning.create(template);
  }

  private Optional<Endpoints> relayed() {
    return relay.flatMap(
        before -> options.endpoints().map(given -> given.withSes(before.endpoint())));
  }

  private Template read(LocalOptions with) {
    return Template.read(
        with.template(),
        with.parameters(),
        account,
        provisioning::queueUrl,
        provisioning::secretArn);
  }

  /**
   * The mails that the peer accepted. On the embedded services these include the mails of other
   * stacks.
   */
  public List<Mail> mails() {
    return relay.map(SesRelay::mails).orElseGet(() -> embedded.orElseThrow().ses().mails());
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  public DynamoDbClient dynamoDb() {
    return clients.dynamoDb();
  }

  public SqsClient sqs() {
    return clients.sqs();
  }

  public SesClient ses() {
    return clients.ses();
  }

  public S3Client s3() {
    return clients.s3();
  }

  /** The bucket of attachments, and where a conversation's are in it. */
  public AttachmentsBucket attachmentsBucket() {
    return new AttachmentsBucket(
        template.attachmentsBucket().orElseThrow(),
        account.id(),
        new AttachmentPrefix(template.parameter("AttachmentsPrefix")));
  }

  /** Gives conversations attachments. */
  public SampleAttachments sampleAttachments() {
    AttachmentsBucket bucket = attachmentsBucket();
    return new SampleAttachments(s3(), bucket.name(), bucket.prefix());
  }

  /** The name of the table with this logical id. */
  public String table(String logicalId) {
    return template.tableName(logicalId);
  }

  /** All items of the table with this logical id. */
  public List<Map<String, AttributeValue>> items(String logicalId) {
    return dynamoDb()
        .scanPaginator(request -> request.tableName(table(logicalId)).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  /** The URL of the queue with this logical id. */
  public String queueUrl(String logicalId) {
    return provisioning.queueUrl(template.queueName(logicalId));
  }

  /** The environment variables of a function that runs in a process of its own. */
  public Map<String, String> environment(String function) {
    Map<String, String> environment = new HashMap<>(template.function(function).environment());
    environment.putAll(SdkSettings.environment(endpoints, REGION));
    return environment;
  }

  /** The function as it would be deployed with further parameters. */
  public FunctionDefinition function(String logicalId, Map<String, String> parameters) {
    LocalOptions changed = options;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      changed = changed.withParameter(parameter.getKey(), parameter.getValue());
    }
    return read(changed).function(logicalId);
  }

  @Override
  public void close() {
    provisioning.delete(template);
    clients.close();
    relay.ifPresent(SesRelay::close);
  }
}
