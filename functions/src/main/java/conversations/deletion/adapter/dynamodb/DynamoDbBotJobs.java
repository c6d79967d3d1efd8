package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.BotJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.domain.JobRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Lists a bot's jobs from the table of jobs. The index tells which jobs there are. The jobs
 * themselves are read by {@link JobsByKey}.
 */
public final class DynamoDbBotJobs implements BotJobs {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final JobsByKey jobs;

  public DynamoDbBotJobs(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.jobs = new JobsByKey(dynamoDb, table);
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
    return new JobPage(jobs.read(page.items()), position(page.lastEvaluatedKey()));
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
}
