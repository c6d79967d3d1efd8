package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.BotJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Lists a bot's jobs from the table of jobs. The index tells which jobs there are. The jobs
 * themselves are read from the table, as the index lags behind.
 */
public final class DynamoDbBotJobs implements BotJobs {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public DynamoDbBotJobs(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  @Override
  public JobPage newestFirst(
      BotId bot, DateRange submitted, Optional<JobPosition> after, int limit) {
    QueryResponse page =
        dynamoDb.query(
            request ->
                request
                    .tableName(table)
                    .indexName(JobAttributes.JOBS_BY_BOT)
                    .keyConditionExpression(
                        JobAttributes.BOT_ID
                            + " = :bot AND "
                            + JobAttributes.SUBMITTED_AT
                            + " BETWEEN :from AND :to")
                    .expressionAttributeValues(
                        Map.of(
                            ":bot", s(bot.value()),
                            ":from", s(submitted.from()),
                            ":to", s(submitted.to())))
                    .scanIndexForward(false)
                    .exclusiveStartKey(after.map(position -> key(bot, position)).orElse(null))
                    .limit(limit));
    return new JobPage(read(page.items()), position(page.lastEvaluatedKey()));
  }

  private static Map<String, AttributeValue> key(BotId bot, JobPosition position) {
    Map<String, AttributeValue> key = new HashMap<>(JobItems.key(new JobRef(bot, position.job())));
    key.put(JobAttributes.SUBMITTED_AT, s(position.submittedAt()));
    return key;
  }

  private static Optional<JobPosition> position(Map<String, AttributeValue> key) {
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new JobPosition(instant(key, JobAttributes.SUBMITTED_AT), JobItems.ref(key).job()));
  }

  /** The jobs in the order of the index. Jobs that are gone are left out. */
  private List<DeletionJob> read(List<Map<String, AttributeValue>> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    // No lambdas or streams here: they cost time at a function's cold start.
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (Map<String, AttributeValue> entry : entries) {
      keys.add(JobItems.key(JobItems.ref(entry)));
    }
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    Map<String, DeletionJob> jobsById = new HashMap<>();
    for (Map<String, AttributeValue> item : BatchReads.read(dynamoDb, Map.of(table, wanted))) {
      DeletionJob job = JobItems.read(item);
      jobsById.put(job.id().value(), job);
    }
    List<DeletionJob> inOrder = new ArrayList<>();
    for (Map<String, AttributeValue> entry : entries) {
      DeletionJob job = jobsById.get(JobItems.ref(entry).job().value());
      if (job != null) {
        inOrder.add(job);
      }
    }
    return inOrder;
  }
}
