package conversations.deletion.adapter.dynamodb;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** Finds jobs in the table of jobs. */
public final class DynamoDbDeletionJobs implements DeletionJobs {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbDeletionJobs(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public Optional<DeletionJob> find(BotId bot, JobId job) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(JobItems.key(new JobRef(bot, job)))
            .consistentRead(true)
            .build();
    Map<String, AttributeValue> item = dynamoDb.getItem(request).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(JobItems.read(item));
  }
}
