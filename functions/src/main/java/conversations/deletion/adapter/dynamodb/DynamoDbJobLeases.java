package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.EXPIRES_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FENCE_HOLDS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.LEASE_UNTIL;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OwnerNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Leases of jobs, in the table of jobs. */
public final class DynamoDbJobLeases implements JobLeases {

  private final DynamoDbClient dynamoDb;
  private final LeaseTaking leases;
  private final LeaseReturns returns;
  private final String table;
  private final String changeLogTable;
  private final String noticesTable;
  private final Duration retention;
  private final Duration detailRetention;

  /**
   * Leases jobs of a table.
   *
   * @param noticesTable takes a notice of each job that comes to wait for a hold, which tells its
   *     owner
   * @param retention how long a job is kept after its end
   * @param detailRetention how long after its end a job keeps its channel user and the ids that
   *     were asked for
   */
  public DynamoDbJobLeases(
      DynamoDbClient dynamoDb,
      String table,
      String changeLogTable,
      String noticesTable,
      Duration retention,
      Duration detailRetention) {
    this.dynamoDb = dynamoDb;
    this.leases = new LeaseTaking(dynamoDb, table);
    this.returns = new LeaseReturns(dynamoDb, table);
    this.table = table;
    this.changeLogTable = changeLogTable;
    this.noticesTable = noticesTable;
    this.retention = retention;
    this.detailRetention = detailRetention;
  }

  @Override
  public LeaseResult lease(JobRef job, Instant now, Duration term) {
    return leases.take(job, now, term);
  }

  @Override
  public LeasedJob save(
      LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>(JobItems.write(state));
    changes.put(LEASE_UNTIL, Optional.of(s(until)));
    changes.put(SWEEP_AT, Optional.of(s(until)));
    if (entry.isPresent()) {
      // A transaction returns no item, so only the next save sees what others wrote meanwhile.
      saveWith(lease, changes, ChangeLogItems.put(changeLogTable, entry.get()));
      return lease.with(lease.job().with(state));
    }
    Map<String, AttributeValue> stored = update(lease, changes, ReturnValue.ALL_NEW);
    return lease.with(lease.job().with(state.with(JobItems.readCancelRequest(stored))));
  }

  private void saveWith(
      LeasedJob lease, Map<String, Optional<AttributeValue>> changes, TransactWriteItem... others) {
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
    List<TransactWriteItem> writes = new ArrayList<>(List.of(others));
    writes.addFirst(TransactWriteItem.builder().update(update).build());
    try {
      dynamoDb.transactWriteItems(request -> request.transactItems(writes));
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
  public void putOnHold(
      LeasedJob lease, JobState state, long holdsSeen, Optional<ChangeLogEntry> entry) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>(JobItems.write(state));
    changes.put(LEASE_UNTIL, Optional.empty());
    changes.put(OPEN_GROUP, Optional.of(s(ON_HOLD)));
    changes.put(OPEN_BOT_ID, Optional.empty());
    changes.put(SWEEP_AT, Optional.of(s(JobsOnHold.sweepKey(lease.job().bot(), holdsSeen))));
    if (entry.isPresent()) {
      OwnerNotice notice = OwnerNotice.onHold(lease.job().ref(), entry.get().createdOn());
      saveWith(
          lease,
          changes,
          ChangeLogItems.put(changeLogTable, entry.get()),
          Transactions.put(noticesTable, OwnerNoticeItems.write(notice)));
    } else {
      update(lease, changes, ReturnValue.NONE);
    }
  }

  @Override
  public void giveBack(LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    if (!returns.giveBack(lease, due, ownFailures)) {
      throw new LeaseLostException(lease.job().ref(), null);
    }
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
