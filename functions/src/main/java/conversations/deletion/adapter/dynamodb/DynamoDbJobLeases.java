package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.CONDITION_FAILED;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.FENCE;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.LEASE_UNTIL;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.OPEN_JOBS;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.SWEEP_AT;

import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Leases and sweeps of the table of jobs, by the attributes of {@link LeaseAttributes}. */
public final class DynamoDbJobLeases implements JobLeases {

  private static final String EXPIRES_AT = "expiresAt";

  /** The clocks of the functions that submit and that delete may differ by this much. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String changeLogTable;
  private final Duration retention;
  private final Duration detailRetention;
  private final OperatorLog log;

  /**
   * @param retention for how long a job is kept after its end
   * @param detailRetention for how long after its end it still tells whom it was about
   */
  public DynamoDbJobLeases(
      DynamoDbClient dynamoDb,
      String table,
      String changeLogTable,
      Duration retention,
      Duration detailRetention,
      OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.changeLogTable = changeLogTable;
    this.retention = retention;
    this.detailRetention = detailRetention;
    this.log = log;
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
                          .updateExpression(
                              "SET leaseUntil = :until, sweepAt = :until ADD fence :one, attempts :one")
                          .conditionExpression(
                              "openGroup = :open"
                                  + " AND scheduledAt <= :latestDue"
                                  + " AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)")
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
    after.put(JobItems.ATTEMPTS, n(findNumber(before, JobItems.ATTEMPTS).orElse(0L) + 1));
    return new LeasedJob(JobItems.read(after), findNumber(before, FENCE).orElse(0L) + 1);
  }

  private static LeaseResult refused(Map<String, AttributeValue> item, Instant latestDue) {
    if (item == null || item.isEmpty()) {
      return new LeaseResult.Unknown();
    }
    if (!findString(item, OPEN_GROUP).equals(Optional.of(OPEN))) {
      return new LeaseResult.Closed();
    }
    Instant due = instant(item, JobItems.SCHEDULED_AT);
    return due.isAfter(latestDue) ? new LeaseResult.NotDue(due) : new LeaseResult.HeldByAnother();
  }

  @Override
  public LeasedJob save(
      LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry) {
    Map<String, Optional<AttributeValue>> changes = new LinkedHashMap<>(JobItems.write(state));
    changes.put(LEASE_UNTIL, Optional.of(s(until)));
    changes.put(SWEEP_AT, Optional.of(s(until)));
    if (entry.isPresent()) {
      // A transaction returns nothing: what others wrote meanwhile is seen by the next save.
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
            .conditionExpression("fence = :fence")
            .expressionAttributeNames(UpdateExpression.NAMES)
            .expressionAttributeValues(expression.valuesWith(":fence", n(lease.fence())))
            .build();
    try {
      dynamoDb.transactWriteItems(
          request ->
              request.transactItems(
                  TransactWriteItem.builder().update(update).build(),
                  put(Put.builder().tableName(changeLogTable).item(ChangeLogItems.write(entry)))));
    } catch (TransactionCanceledException e) {
      if (CONDITION_FAILED.equals(e.cancellationReasons().getFirst().code())) {
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
    return holds(
        request ->
            request
                .tableName(table)
                .key(JobItems.key(lease.job().ref()))
                .updateExpression(
                    "SET #status = :queued, scheduledAt = :due, sweepAt = :due REMOVE leaseUntil")
                .conditionExpression(
                    "fence = :fence AND openGroup = :open AND attribute_not_exists(completedAt)")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(
                    Map.of(
                        ":queued", s(JobStatus.QUEUED.text()),
                        ":due", s(due),
                        ":fence", n(lease.fence()),
                        ":open", s(OPEN))));
  }

  private boolean giveBackEnded(LeasedJob lease, Instant due) {
    return holds(
        request ->
            request
                .tableName(table)
                .key(JobItems.key(lease.job().ref()))
                .updateExpression("SET sweepAt = :due REMOVE leaseUntil")
                .conditionExpression("fence = :fence AND openGroup = :open")
                .expressionAttributeValues(
                    Map.of(":due", s(due), ":fence", n(lease.fence()), ":open", s(OPEN))));
  }

  /** Tells whether the condition of the update held; otherwise nothing was changed. */
  private boolean holds(Consumer<UpdateItemRequest.Builder> update) {
    try {
      dynamoDb.updateItem(update);
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
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
                      .conditionExpression("fence = :fence")
                      .expressionAttributeNames(UpdateExpression.NAMES)
                      .expressionAttributeValues(expression.valuesWith(":fence", n(lease.fence())))
                      .returnValues(returned))
          .attributes();
    } catch (ConditionalCheckFailedException e) {
      throw new LeaseLostException(lease.job().ref(), e);
    }
  }

  @Override
  public List<SweepableJob> toSweep(Instant now, int limit) {
    return dueOf(OPEN, now, limit);
  }

  @Override
  public List<JobRef> toForget(Instant now, int limit) {
    return dueOf(ENDED, now, limit).stream().map(SweepableJob::job).toList();
  }

  @Override
  public void forget(JobRef job, Instant now) {
    // Where the condition does not hold, another run was quicker, or the job has expired.
    holds(
        request ->
            request
                .tableName(table)
                .key(JobItems.key(job))
                .updateExpression(
                    "SET forgottenAt = :now"
                        + " REMOVE cId, startedFrom, startedTo, openGroup, sweepAt")
                .conditionExpression("openGroup = :ended")
                .expressionAttributeValues(Map.of(":now", s(now), ":ended", s(ENDED))));
  }

  private List<SweepableJob> dueOf(String group, Instant now, int limit) {
    return dynamoDb
        .query(
            request ->
                request
                    .tableName(table)
                    .indexName(OPEN_JOBS)
                    .keyConditionExpression("openGroup = :group AND sweepAt <= :now")
                    .expressionAttributeValues(Map.of(":group", s(group), ":now", s(now)))
                    .limit(limit))
        .items()
        .stream()
        .flatMap(item -> sweepable(item).stream())
        .toList();
  }

  /** One item that can't be read, as where somebody wrote it by hand, must not hide the others. */
  private Optional<SweepableJob> sweepable(Map<String, AttributeValue> item) {
    try {
      return Optional.of(new SweepableJob(JobItems.ref(item), string(item, SWEEP_AT)));
    } catch (RuntimeException e) {
      log.error("job_unreadable", Map.of(), e);
      return Optional.empty();
    }
  }

  @Override
  public boolean putOffSweep(SweepableJob job, Instant sweepAt) {
    // Where the condition does not hold, another sweep was quicker, or a worker has the job.
    return holds(
        request ->
            request
                .tableName(table)
                .key(JobItems.key(job.job()))
                .updateExpression("SET sweepAt = :later")
                .conditionExpression("sweepAt = :seen")
                .expressionAttributeValues(
                    Map.of(":later", s(sweepAt), ":seen", s(job.sweepAt()))));
  }

  private static TransactWriteItem put(Put.Builder put) {
    return TransactWriteItem.builder().put(put.build()).build();
  }
}
