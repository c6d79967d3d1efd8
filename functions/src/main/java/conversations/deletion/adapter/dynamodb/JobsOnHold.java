package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.RESUMED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SCHEDULED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.JobSweeps.WaitingJob;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobRef;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The group of jobs that wait for holds, in the index of open jobs. What is their moment in the
 * other groups is here the bot and the version of its holds that the job has seen. So one query
 * tells which jobs have something new to look at, and one finds those of a bot.
 */
record JobsOnHold(DynamoDbClient dynamoDb, String table) {

  private static final String RESUME =
      "SET %s = :open, %s = :bot, %s = :now, %s = :now, %s = :sweepAt"
          .formatted(OPEN_GROUP, OPEN_BOT_ID, RESUMED_AT, SCHEDULED_AT, SWEEP_AT);

  private static final String IS_AS_SEEN =
      "%s = :onHold AND %s = :seen".formatted(OPEN_GROUP, SWEEP_AT);

  /** A bot's id has no {@code #}. */
  static String sweepKey(BotId bot, long holdsSeen) {
    return bot + "#" + holdsSeen;
  }

  /** All of them, those of a bot one after another. */
  Stream<Map<String, AttributeValue>> all() {
    return query(OPEN_GROUP + " = :onHold", Map.of(":onHold", s(ON_HOLD)));
  }

  /** Those of a bot. */
  Stream<Map<String, AttributeValue>> of(BotId bot) {
    return query(
        "%s = :onHold AND begins_with(%s, :bot)".formatted(OPEN_GROUP, SWEEP_AT),
        Map.of(":onHold", s(ON_HOLD), ":bot", s(bot + "#")));
  }

  private Stream<Map<String, AttributeValue>> query(
      String condition, Map<String, AttributeValue> values) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(JobAttributes.OPEN_JOBS)
            .keyConditionExpression(condition)
            .expressionAttributeValues(values)
            .build();
    return dynamoDb.queryPaginator(request).items().stream();
  }

  static WaitingJob read(Map<String, AttributeValue> item) {
    String key = string(item, SWEEP_AT);
    return new WaitingJob(JobItems.ref(item), Long.parseLong(key.substring(key.indexOf('#') + 1)));
  }

  boolean resume(WaitingJob waiting, Instant now, Instant sweepAt) {
    JobRef job = waiting.job();
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(JobItems.key(job))
                .updateExpression(RESUME)
                .conditionExpression(IS_AS_SEEN)
                .expressionAttributeValues(
                    Map.of(
                        ":open", s(OPEN),
                        ":bot", s(job.bot().value()),
                        ":now", s(now),
                        ":sweepAt", s(sweepAt),
                        ":onHold", s(ON_HOLD),
                        ":seen", s(sweepKey(job.bot(), waiting.holdsSeen())))));
  }
}
