package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ATTEMPTS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.EXPIRES_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FENCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FENCE_HOLDS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.HAS_NOT_ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_NOT_LEASED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.LEASE_UNTIL;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SCHEDULED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Leases of jobs, in the table of jobs. */
public final class DynamoDbJobLeases implements JobLeases {

  /** The clocks of the functions that submit and that delete may differ by this much. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private static final String TAKE_LEASE =
      "SET %s = :until, %s = :until ADD %s :one, %s :one"
          .formatted(LEASE_UNTIL, SWEEP_AT, FENCE, ATTEMPTS);
  private static final String IS_FREE_AND_DUE =
      "%s AND %s <= :latestDue AND (%s OR %s < :now)"
          .formatted(IS_OPEN, SCHEDULED_AT, IS_NOT_LEASED, LEASE_UNTIL);
  private static final String QUEUE_AGAIN =
      "SET #status = :queued, %s = :due, %s = :due REMOVE %s"
          .formatted(SCHEDULED_AT, SWEEP_AT, LEASE_UNTIL);
  private static final String SWEEP_AGAIN = "SET " + SWEEP_AT + " = :due REMOVE " + LEASE_UNTIL;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String changeLogTable;
  private final Duration retention;
  private final Duration detailRetention;

  /**
   * Leases jobs of a table.
   *
   * @param retention how long a job is kept after its end
   * @param detailRetention how long after its end a job keeps its channel user and the ids that
   *     were asked for
   */
  public DynamoDbJobLeases(
      DynamoDbClient dynamoDb,
      String table,
      String changeLogTable,
      Duration retention,
      Duration detailRetention) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.changeLogTable = changeLogTable;
    this.retention = retention;
    this.detailRetention = detailRetention;
  }

  @Override
  public LeaseResult lease(JobRef job, Instant now, Duration term) {
    Instant latestDue = now.plus(CLOCK_TOLERANCE);
    try {
      Map<String, AttributeValue> before =
          dynamoDb
              .updateItem(
                  request ->
                      request
                          .tableName(table)
                          .key(JobItems.key(job))
                          .updateExpression(TAKE_LEASE)
                          .conditionExpression(IS_FREE_AND_DUE)
                          .expressionAttributeValues(
                              Map.of(
                                  ":open", s(OPEN),
                                  ":until", s(now.plus(term)),
                                  ":one", n(1),
                                  ":now", s(now),
                                  ":latestDue", s(latestDue)))
                          .returnValues(ReturnValue.ALL_OLD)
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .attributes();
      return new LeaseResult.Leased(leased(before));
    } catch (ConditionalCheckFailedException e) {
      return refused(e.item(), latestDue);
    }
  }

  private static LeasedJob leased(Map<String, AttributeValue> before) {
    Map<String, AttributeValue> after = new HashMap<>(before);
    after.put(ATTEMPTS, n(findNumber(before, ATTEMPTS).orElse(0L) + 1));
    return new LeasedJob(JobItems.read(after), findNumber(before, FENCE).orElse(0L) + 1);
  }

  private static LeaseResult refused(Map<String, AttributeValue> item, Instant latestDue) {
    if (item == null || item.isEmpty()) {
      return new LeaseResult.Unknown();
    }
    if (!findString(item, OPEN_GROUP).equals(Optional.of(OPEN))) {
      return new LeaseResult.Closed();
    }
    Instant due = instant(item, SCHEDULED_AT);
    return due.isAfter(latestDue) ? new LeaseResult.NotDue(due) : new LeaseResult.HeldByAnother();
  }

  @Override
  public LeasedJob save(
      LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>(JobItems.write(state));
    changes.put(LEASE_UNTIL, Optional.of(s(until)));
    changes.put(SWEEP_AT, Optional.of(s(until)));
    if (entry.isPresent()) {
      // A transaction returns no item, so only the next save sees what others wrote meanwhile.
      saveWith(lease, changes, entry.get());
      return lease.with(lease.job().with(state));
    }
    Map<String, AttributeValue> stored = update(lease, changes, ReturnValue.ALL_NEW);
    return lease.with(lease.job().with(state.with(JobItems.readCancelRequest(stored))));
  }

  private void saveWith(
      LeasedJob lease, Map<String, Optional<AttributeValue>> changes, ChangeLogEntry entry) {
    UpdateExpression expression = UpdateExpression.of(changes);
    Update update =
        Update.builder()
            .tableName(table)
            .key(JobItems.key(lease.job().ref()))
            .updateExpression(expression.text())
            .conditionExpression(FENCE_HOLDS)
            .expressionAttributeNames(UpdateExpression.NAMES)
            .expressionAttributeValues(expression.valuesWith(":fence", n(lease.fence())))
            .build();
    try {
      dynamoDb.transactWriteItems(
          request ->
              request.transactItems(
                  TransactWriteItem.builder().update(update).build(),
                  Transactions.put(changeLogTable, ChangeLogItems.write(entry))));
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        throw new LeaseLostException(lease.job().ref(), e);
      }
      throw e;
    }
  }

  @Override
  public void release(LeasedJob lease, JobState state, Optional<Instant> sweepAt) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>(JobItems.write(state));
    changes.put(LEASE_UNTIL, Optional.empty());
    changes.put(SWEEP_AT, sweepAt.map(Attributes::s));
    if (sweepAt.isEmpty()) {
      changes.put(OPEN_GROUP, Optional.of(s(ENDED)));
      changes.put(SWEEP_AT, state.completedAt().map(end -> s(end.plus(detailRetention))));
      changes.put(
          EXPIRES_AT, state.completedAt().map(end -> n(end.plus(retention).getEpochSecond())));
    }
    update(lease, changes, ReturnValue.NONE);
  }

  @Override
  public void giveBack(LeasedJob lease, Instant due) {
    boolean isGivenBack = giveBackToQueue(lease, due) || giveBackEnded(lease, due);
    if (!isGivenBack) {
      throw new LeaseLostException(lease.job().ref(), null);
    }
  }

  private boolean giveBackToQueue(LeasedJob lease, Instant due) {
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(JobItems.key(lease.job().ref()))
                .updateExpression(QUEUE_AGAIN)
                .conditionExpression(FENCE_HOLDS + " AND " + IS_OPEN + " AND " + HAS_NOT_ENDED)
                .expressionAttributeNames(UpdateExpression.NAMES)
                .expressionAttributeValues(
                    Map.of(
                        ":queued", s(JobStatus.QUEUED.text()),
                        ":due", s(due),
                        ":fence", n(lease.fence()),
                        ":open", s(OPEN))));
  }

  private boolean giveBackEnded(LeasedJob lease, Instant due) {
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(JobItems.key(lease.job().ref()))
                .updateExpression(SWEEP_AGAIN)
                .conditionExpression(FENCE_HOLDS + " AND " + IS_OPEN)
                .expressionAttributeValues(
                    Map.of(":due", s(due), ":fence", n(lease.fence()), ":open", s(OPEN))));
  }

  private Map<String, AttributeValue> update(
      LeasedJob lease, Map<String, Optional<AttributeValue>> changes, ReturnValue returned) {
    UpdateExpression expression = UpdateExpression.of(changes);
    try {
      return dynamoDb
          .updateItem(
              request ->
                  request
                      .tableName(table)
                      .key(JobItems.key(lease.job().ref()))
                      .updateExpression(expression.text())
                      .conditionExpression(FENCE_HOLDS)
                      .expressionAttributeNames(UpdateExpression.NAMES)
                      .expressionAttributeValues(expression.valuesWith(":fence", n(lease.fence())))
                      .returnValues(returned))
          .attributes();
    } catch (ConditionalCheckFailedException e) {
      throw new LeaseLostException(lease.job().ref(), e);
    }
  }
}
