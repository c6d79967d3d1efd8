package conversations.deletion.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.template.TableDefinition;
import conversations.deletion.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class ProvisioningIT {

  private static LocalAws aws;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(AwsPeer.options());
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void createsEveryTableWithTheTemplatesKeys() {
    for (TableDefinition table : aws.template().tables()) {
      TableDescription created = describe(table.name());
      assertThat(created.tableStatus()).isEqualTo(TableStatus.ACTIVE);
      assertThat(created.keySchema().stream().map(KeySchemaElement::attributeName))
          .containsExactlyElementsOf(table.keys().stream().map(key -> key.attribute()).toList());
      assertThat(created.attributeDefinitions().stream().map(AttributeDefinition::attributeName))
          .containsExactlyInAnyOrderElementsOf(table.attributes().keySet());
    }
  }

  @Test
  void createsTheIndexOfTheRecordsTable() {
    assertThat(describe(aws.tableName("ConversationRecordsTable")).globalSecondaryIndexes())
        .singleElement()
        .satisfies(
            index -> {
              assertThat(index.indexName()).isEqualTo("ConversationsByChannelUser");
              assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.KEYS_ONLY);
              assertThat(index.keySchema().stream().map(KeySchemaElement::attributeName))
                  .containsExactly("channelUserKey", "startedAt");
            });
  }

  @Test
  void letsItemsExpireWhereTheTemplateSaysSo() {
    for (TableDefinition table : aws.template().tables()) {
      TimeToLiveDescription description =
          aws.clients()
              .dynamoDb()
              .describeTimeToLive(request -> request.tableName(table.name()))
              .timeToLiveDescription();
      if (table.timeToLive().isPresent()) {
        assertThat(description.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(description.attributeName()).isEqualTo(table.timeToLive().orElseThrow());
      } else {
        assertThat(description.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
      }
    }
  }

  @Test
  void createsTheQueuesWithTheTemplatesAttributes() {
    Map<QueueAttributeName, String> created = attributes(aws.queueUrl("DeletionQueue"));
    // ElasticMQ keeps messages for ever, and does not store how long it should keep them.
    if (!AwsPeer.isEmbedded()) {
      assertThat(created).containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600");
    }
    assertThat(created)
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "120")
        .hasEntrySatisfying(
            QueueAttributeName.REDRIVE_POLICY,
            policy ->
                assertThat(policy)
                    .contains(
                        attributes(aws.queueUrl("DeletionDeadLetterQueue"))
                            .get(QueueAttributeName.QUEUE_ARN)));
  }

  @Test
  void movesAMessageThatWasReceivedTooOftenToTheDeadLetterQueue() {
    SqsClient sqs = aws.clients().sqs();
    String queue = aws.queueUrl("DeletionQueue");
    String deadLetters = aws.queueUrl("DeletionDeadLetterQueue");
    sqs.sendMessage(request -> request.queueUrl(queue).messageBody("not ours"));

    await()
        .untilAsserted(
            () -> {
              sqs.receiveMessage(request -> request.queueUrl(queue).visibilityTimeout(0));
              assertThat(sqs.receiveMessage(request -> request.queueUrl(deadLetters)).messages())
                  .singleElement()
                  .satisfies(message -> assertThat(message.body()).isEqualTo("not ours"));
            });
  }

  @Test
  void createsASecretThatItsReferenceLeadsTo(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("template.yaml"),
            """
            Resources:
              Secret:
                Type: AWS::SecretsManager::Secret
                Properties:
                  Description: Keys the ids
                  GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true }
            Outputs:
              Secret: { Value: !Ref Secret }
            """);
    Provisioning provisioning = new Provisioning(aws.clients());
    Template template =
        Template.read(
            file,
            Map.of(),
            aws.template().account(),
            provisioning::queueUrl,
            provisioning::secretArn);
    SecretsManagerClient secrets = aws.clients().secretsManager();

    provisioning.create(template);
    String arn = template.outputs().get("Secret");

    GetSecretValueResponse secret = secrets.getSecretValue(request -> request.secretId(arn));
    assertThat(secret.arn()).isEqualTo(arn);
    assertThat(secret.name()).isEqualTo(template.secrets().getFirst().name());
    assertThat(secret.secretString()).matches("[0-9A-Za-z]{64}");

    provisioning.delete(template);

    assertThatThrownBy(() -> secrets.describeSecret(request -> request.secretId(arn)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  private static TableDescription describe(String name) {
    return aws.clients().dynamoDb().describeTable(request -> request.tableName(name)).table();
  }

  private static Map<QueueAttributeName, String> attributes(String url) {
    return aws.clients()
        .sqs()
        .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }
}
