package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_DUE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The index of a table by which a sweep finds, without a scan, what still needs something done.
 *
 * @param name of the index; its keys are {@code openGroup} and {@code sweepAt}
 */
record SweepIndex(DynamoDbClient dynamoDb, String table, String name) {

  /**
   * The items of a group that are due by now, the most overdue first. They are read page by page,
   * as far as they are used.
   *
   * @param page the most items of a page
   */
  Stream<Map<String, AttributeValue>> due(String group, Instant now, int page) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(name)
            .keyConditionExpression(IS_DUE)
            .expressionAttributeValues(Map.of(":group", s(group), ":now", s(now)))
            .limit(page)
            .build();
    return dynamoDb.queryPaginator(request).items().stream();
  }

  /**
   * Puts off the next look at an item, unless another sweep was quicker or a worker has it.
   *
   * @param seen the stored moment of the look that this call puts off
   * @return true if this call put it off
   */
  boolean putOff(Map<String, AttributeValue> key, String seen, Instant later) {
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(key)
                .updateExpression("SET " + SWEEP_AT + " = :later")
                .conditionExpression(SWEEP_AT + " = :seen")
                .expressionAttributeValues(Map.of(":later", s(later), ":seen", s(seen))));
  }
}
