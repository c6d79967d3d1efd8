package conversations.deletion.local.aws;

import conversations.deletion.local.template.QueueDefinition;
import conversations.deletion.local.template.SecretDefinition;
import conversations.deletion.local.template.TableDefinition;
import conversations.deletion.local.template.Template;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Creates the template's tables, queues and secrets, by the template's own definitions, and the
 * bucket of attachments, which is the platform's.
 */
public final class Provisioning {

  private final DynamoDbClient dynamoDb;
  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final SqsClient sqs;
  private final SecretsManagerClient secrets;
  private final Buckets buckets;
  private final Random random = new SecureRandom();

  public Provisioning(AwsClients clients) {
    this.dynamoDb = clients.dynamoDb();
    this.sqs = clients.sqs();
    this.secrets = clients.secretsManager();
    this.buckets = new Buckets(clients.s3());
  }

  /** Creates them all. When this returns, every table can be used. */
  public void create(Template template) {
    template.tables().forEach(table -> create(table, dynamoDb));
    // A redrive policy can only name a queue that already exists.
    template.queues().stream()
        .sorted(Comparator.comparing(queue -> queue.redrive().isPresent()))
        .forEach(this::create);
    template.secrets().forEach(this::create);
    template.attachmentsBucket().ifPresent(buckets::create);
  }

  /** Deletes all of them, the bucket with what is in it. */
  public void delete(Template template) {
    for (TableDefinition table : template.tables()) {
      dynamoDb.deleteTable(request -> request.tableName(table.name()));
    }
    for (QueueDefinition queue : template.queues()) {
      sqs.deleteQueue(request -> request.queueUrl(queueUrl(queue.name())));
    }
    for (SecretDefinition secret : template.secrets()) {
      secrets.deleteSecret(
          request -> request.secretId(secret.name()).forceDeleteWithoutRecovery(true));
    }
    template.attachmentsBucket().ifPresent(buckets::delete);
  }

  /** The URL of the queue of that name. */
  public String queueUrl(String name) {
    return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
  }

  /** The ARN of the secret of that name. */
  public String secretArn(String name) {
    return secrets.describeSecret(request -> request.secretId(name)).arn();
  }

  /** The id of the endpoints' account, read from the ARN of a queue. */
  public String accountId() {
    String url =
        sqs.createQueue(request -> request.queueName("account-" + UUID.randomUUID())).queueUrl();
    try {
      String arn =
          sqs.getQueueAttributes(
                  request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      return arn.split(":")[4];
    } finally {
      sqs.deleteQueue(request -> request.queueUrl(url));
    }
  }

  /** Creates a table; when this returns, it can be used. */
  public static void create(TableDefinition table, DynamoDbClient dynamoDb) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                table.attributes().entrySet().stream()
                    .map(
                        attribute ->
                            AttributeDefinition.builder()
                                .attributeName(attribute.getKey())
                                .attributeType(attribute.getValue())
                                .build())
                    .toList())
            .keySchema(keySchema(table.keys()));
    if (!table.indexes().isEmpty()) {
      request.globalSecondaryIndexes(table.indexes().stream().map(Provisioning::index).toList());
    }
    dynamoDb.createTable(request.build());
    try (DynamoDbWaiter waiter = dynamoDb.waiter()) {
      waiter.waitUntilTableExists(describe -> describe.tableName(table.name()));
    }
    table
        .timeToLive()
        .ifPresent(
            attribute ->
                dynamoDb.updateTimeToLive(
                    update ->
                        update
                            .tableName(table.name())
                            .timeToLiveSpecification(
                                ttl -> ttl.attributeName(attribute).enabled(true))));
  }

  private static GlobalSecondaryIndex index(TableDefinition.Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(keySchema(index.keys()))
        .projection(
            projection -> {
              projection.projectionType(index.projection());
              if (!index.projectedAttributes().isEmpty()) {
                projection.nonKeyAttributes(index.projectedAttributes());
              }
            })
        .build();
  }

  private static List<KeySchemaElement> keySchema(List<TableDefinition.Key> keys) {
    return keys.stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(key.attribute())
                    .keyType(key.type())
                    .build())
        .toList();
  }

  private void create(QueueDefinition queue) {
    HashMap<String, String> attributes = new HashMap<>(queue.attributes());
    queue
        .redrive()
        .ifPresent(
            redrive ->
                attributes.put(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                        .formatted(redrive.deadLetterTargetArn(), redrive.maxReceiveCount())));
    sqs.createQueue(request -> request.queueName(queue.name()).attributesWithStrings(attributes));
  }

  private void create(SecretDefinition secret) {
    String characters =
        secret.excludesPunctuation() ? LETTERS_AND_DIGITS : LETTERS_AND_DIGITS + PUNCTUATION;
    String value =
        random
            .ints(secret.length(), 0, characters.length())
            .mapToObj(index -> characters.substring(index, index + 1))
            .collect(Collectors.joining());
    secrets.createSecret(
        request ->
            request
                .name(secret.name())
                .description(secret.description().orElse(null))
                .kmsKeyId(secret.kmsKeyId().orElse(null))
                .secretString(value));
  }
}
