package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.CONDITION_FAILED;

import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Cancellations, written to the table of jobs. */
public final class DynamoDbJobCancellations implements JobCancellations {

  private static final String NOT_PICKED_UP =
      "openGroup = :open AND attribute_not_exists(completedAt)"
          + " AND attribute_not_exists(startedAt) AND attribute_not_exists(leaseUntil)";
  private static final String NOT_ENDED = "openGroup = :open AND attribute_not_exists(completedAt)";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String changeLogTable;

  public DynamoDbJobCancellations(DynamoDbClient dynamoDb, String table, String changeLogTable) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.changeLogTable = changeLogTable;
  }

  @Override
  public boolean end(DeletionJob job, JobState ended, ChangeLogEntry entry) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>(JobItems.write(ended));
    changes.putAll(JobItems.write(ended.cancelRequest().orElseThrow()));
    UpdateExpression expression = UpdateExpression.of(changes);
    try {
      dynamoDb.transactWriteItems(
          request ->
              request.transactItems(
                  TransactWriteItem.builder()
                      .update(
                          update ->
                              update
                                  .tableName(table)
                                  .key(JobItems.key(job.ref()))
                                  .updateExpression(expression.text())
                                  .conditionExpression(NOT_PICKED_UP)
                                  .expressionAttributeNames(UpdateExpression.NAMES)
                                  .expressionAttributeValues(
                                      expression.valuesWith(":open", s(LeaseAttributes.OPEN))))
                      .build(),
                  TransactWriteItem.builder()
                      .put(put -> put.tableName(changeLogTable).item(ChangeLogItems.write(entry)))
                      .build()));
      return true;
    } catch (TransactionCanceledException e) {
      if (CONDITION_FAILED.equals(e.cancellationReasons().getFirst().code())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean request(JobRef job, CancelRequest cancel) {
    String now = ", scheduledAt = :at, sweepAt = :at";
    return update(job, cancel, now, NOT_ENDED + " AND attribute_not_exists(leaseUntil)")
        || update(job, cancel, "", NOT_ENDED);
  }

  private boolean update(JobRef job, CancelRequest cancel, String more, String condition) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":at", s(cancel.at()));
    values.put(":by", s(cancel.by().value()));
    values.put(":open", s(LeaseAttributes.OPEN));
    try {
      dynamoDb.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(JobItems.key(job))
                  .updateExpression(
                      "SET cancelRequestedAt = if_not_exists(cancelRequestedAt, :at),"
                          + " cancelRequestedBy = if_not_exists(cancelRequestedBy, :by)"
                          + more)
                  .conditionExpression(condition)
                  .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
