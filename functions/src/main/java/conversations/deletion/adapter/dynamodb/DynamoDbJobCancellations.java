package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CANCEL_REQUESTED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CANCEL_REQUESTED_BY;
import static conversations.deletion.adapter.dynamodb.JobAttributes.HAS_NOT_ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_NOT_LEASED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.RESUMED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SCHEDULED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STARTED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.JobCancellations;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes cancellations to the table of jobs. */
public final class DynamoDbJobCancellations implements JobCancellations {

  private static final String IS_UNFINISHED = IS_OPEN + " AND " + HAS_NOT_ENDED;
  private static final String IS_FREE = IS_UNFINISHED + " AND " + IS_NOT_LEASED;
  private static final String IS_NOT_PICKED_UP =
      IS_FREE + " AND attribute_not_exists(" + STARTED_AT + ")";

  /** Who asked first counts. */
  private static final String ASK_TO_CANCEL =
      "SET %1$s = if_not_exists(%1$s, :at), %2$s = if_not_exists(%2$s, :by)"
          .formatted(CANCEL_REQUESTED_AT, CANCEL_REQUESTED_BY);

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
    if (job.notBefore().isPresent()) {
      // No message is there that makes a run tell the owner before the job would have begun.
      changes.put(SWEEP_AT, Attributes.s(ended.completedAt()));
    }
    UpdateExpression expression = UpdateExpression.of(changes);
    try {
      Transactions.commit(
          dynamoDb,
          List.of(
              TransactWriteItem.builder()
                  .update(
                      update ->
                          update
                              .tableName(table)
                              .key(JobItems.key(job.ref()))
                              .updateExpression(expression.text())
                              .conditionExpression(IS_NOT_PICKED_UP)
                              .expressionAttributeNames(UpdateExpression.NAMES)
                              .expressionAttributeValues(expression.valuesWith(":open", s(OPEN))))
                  .build(),
              ChangeLogItems.put(changeLogTable, entry)));
      return true;
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean request(JobRef job, CancelRequest cancel) {
    String now = ", " + SCHEDULED_AT + " = :at, " + SWEEP_AT + " = :at";
    String again =
        now + ", %s = :at, %s = :open, %s = :bot".formatted(RESUMED_AT, OPEN_GROUP, OPEN_BOT_ID);
    return update(job, cancel, now, IS_FREE, Map.of())
        || update(job, cancel, "", IS_UNFINISHED, Map.of())
        || update(
            job,
            cancel,
            again,
            OPEN_GROUP + " = :onHold",
            Map.of(":onHold", s(ON_HOLD), ":bot", s(job.bot().value())));
  }

  private boolean update(
      JobRef job,
      CancelRequest cancel,
      String more,
      String condition,
      Map<String, AttributeValue> moreValues) {
    Map<String, AttributeValue> values = new HashMap<>(moreValues);
    values.put(":at", s(cancel.at()));
    values.put(":by", s(cancel.by().value()));
    values.put(":open", s(OPEN));
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(JobItems.key(job))
                .updateExpression(ASK_TO_CANCEL + more)
                .conditionExpression(condition)
                .expressionAttributeValues(values));
  }
}
