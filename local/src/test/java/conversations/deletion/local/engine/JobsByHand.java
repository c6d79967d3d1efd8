package conversations.deletion.local.engine;

import conversations.deletion.domain.DeletionJob;
import conversations.deletion.local.Stack;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads and changes stored jobs directly, without the engine. */
final class JobsByHand {

  private static final String JOBS = "DeletionJobsTable";

  private final Stack stack;

  JobsByHand(Stack stack) {
    this.stack = stack;
  }

  /** When a sweep looks at the job next; absent once it is closed. */
  Optional<Instant> nextSweep(DeletionJob job) {
    Map<String, AttributeValue> item =
        stack
            .dynamoDb()
            .getItem(request -> request.tableName(stack.table(JOBS)).key(key(job)))
            .item();
    return item.get("openGroup").s().equals("open")
        ? Optional.of(Instant.parse(item.get("sweepAt").s()))
        : Optional.empty();
  }

  /** An attribute that is a string. */
  String get(DeletionJob job, String attribute) {
    return stack
        .dynamoDb()
        .getItem(request -> request.tableName(stack.table(JOBS)).key(key(job)))
        .item()
        .get(attribute)
        .s();
  }

  void set(DeletionJob job, String attribute, String value) {
    stack
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(stack.table(JOBS))
                    .key(key(job))
                    .updateExpression("SET #attribute = :value")
                    .expressionAttributeNames(Map.of("#attribute", attribute))
                    .expressionAttributeValues(Map.of(":value", s(value))));
  }

  /** Removes the job's item, as expiry does. */
  void expire(DeletionJob job) {
    stack.dynamoDb().deleteItem(request -> request.tableName(stack.table(JOBS)).key(key(job)));
  }

  /** Removes the job's first chunk, as expiry does. */
  void expireChunk(DeletionJob job) {
    stack
        .dynamoDb()
        .deleteItem(
            request ->
                request
                    .tableName(stack.table("DeletionJobConversationsTable"))
                    .key(Map.of("jobId", s(job.id().value()), "chunk", AttributeValue.fromN("1"))));
  }

  /** Gives the job's first chunk an outcome that this version of the engine does not know. */
  void spoilChunk(DeletionJob job) {
    stack
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(stack.table("DeletionJobConversationsTable"))
                    .key(Map.of("jobId", s(job.id().value()), "chunk", AttributeValue.fromN("1")))
                    .updateExpression("SET conversations[0].outcome = :value")
                    .expressionAttributeValues(Map.of(":value", s("a later version's"))));
  }

  private static Map<String, AttributeValue> key(DeletionJob job) {
    return Map.of("botId", s(job.bot().value()), "jobId", s(job.id().value()));
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }
}
