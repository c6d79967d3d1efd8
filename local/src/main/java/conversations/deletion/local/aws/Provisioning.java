package conversations.deletion.local.aws;

import conversations.deletion.local.template.QueueDefinition;
import conversations.deletion.local.template.TableDefinition;
import conversations.deletion.local.template.Template;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Creates the template's tables and queues, by the template's own definitions. */
public final class Provisioning {

  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;

  public Provisioning(AwsClients clients) {
    this.dynamoDb = clients.dynamoDb();
    this.sqs = clients.sqs();
  }

  /** Creates all tables and queues. When this returns, every table can be used. */
  public void create(Template template) {
    template.tables().forEach(table -> create(table, dynamoDb));
    // A redrive policy can only name a queue that already exists.
    template.queues().stream()
        .sorted(Comparator.comparing(queue -> queue.redrive().isPresent()))
        .forEach(this::create);
  }

  /** Deletes all tables and queues. */
  public void delete(Template template) {
    for (TableDefinition table : template.tables()) {
      dynamoDb.deleteTable(request -> request.tableName(table.name()));
    }
    for (QueueDefinition queue : template.queues()) {
      sqs.deleteQueue(request -> request.queueUrl(queueUrl(queue.name())));
    }
  }

  /** The URL of the queue of that name. */
  public String queueUrl(String name) {
    return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
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
}
