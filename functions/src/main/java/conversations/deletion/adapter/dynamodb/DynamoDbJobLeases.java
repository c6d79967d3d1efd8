package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.CONDITION_FAILED;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.FENCE;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.LEASE_UNTIL;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.LeaseAttributes.SWEEP_AT;

import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Leases and sweeps of the table of jobs, by the attributes of {@link LeaseAttributes}. */
public final class DynamoDbJobLeases implements JobLeases {

  private static final String OPEN_JOBS = "OpenJobs";
  private static final String EXPIRES_AT = "expiresAt";

  /** The clocks of the functions that submit and that delete may differ by this much. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String changeLogTable;
  private final Duration retention;

  /**
   * @param retention for how long a job is kept after it is closed
   */
  public DynamoDbJobLeases(
      DynamoDbClient dynamoDb, String table, String changeLogTable, Duration retention) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.changeLogTable = changeLogTable;
    this.retention = retention;
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
                              "attribute_exists(jobId) AND attribute_exists(openGroup)"
                                  + " AND scheduledAt <= :latestDue"
                                  + " AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)")
                          .expressionAttributeValues(
                              Map.of(
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
    return new LeasedJob(
        JobItems.read(after),
        findNumber(before, FENCE).orElse(0L) + 1,
        before.containsKey(LEASE_UNTIL));
  }

  private static LeaseResult refused(Map<String, AttributeValue> item, Instant latestDue) {
    if (item == null || item.isEmpty()) {
      return new LeaseResult.Unknown();
    }
    if (!item.containsKey(OPEN_GROUP)) {
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
      saveWith(lease, changes, entry.get());
    } else {
      update(lease, changes);
    }
    return lease.with(lease.job().with(state));
  }

  private void saveWith(
      LeasedJob lease, Map<String, Optional<AttributeValue>> changes, ChangeLogEntry entry) {
    Changes expression = Changes.of(changes);
    Update update =
        Update.builder()
            .tableName(table)
            .key(JobItems.key(lease.job().ref()))
            .updateExpression(expression.update())
            .conditionExpression("fence = :fence")
            .expressionAttributeNames(expression.names())
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
      changes.put(OPEN_GROUP, Optional.empty());
      changes.put(
          EXPIRES_AT, state.completedAt().map(end -> n(end.plus(retention).getEpochSecond())));
    }
    update(lease, changes);
  }

  private void update(LeasedJob lease, Map<String, Optional<AttributeValue>> changes) {
    Changes expression = Changes.of(changes);
    try {
      dynamoDb.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(JobItems.key(lease.job().ref()))
                  .updateExpression(expression.update())
                  .conditionExpression("fence = :fence")
                  .expressionAttributeNames(expression.names())
                  .expressionAttributeValues(expression.valuesWith(":fence", n(lease.fence()))));
    } catch (ConditionalCheckFailedException e) {
      throw new LeaseLostException(lease.job().ref(), e);
    }
  }

  @Override
  public List<SweepableJob> toSweep(Instant now, int limit) {
    return dynamoDb
        .query(
            request ->
                request
                    .tableName(table)
                    .indexName(OPEN_JOBS)
                    .keyConditionExpression("openGroup = :open AND sweepAt <= :now")
                    .expressionAttributeValues(Map.of(":open", s(OPEN), ":now", s(now)))
                    .limit(limit))
        .items()
        .stream()
        .map(item -> new SweepableJob(JobItems.ref(item), instant(item, SWEEP_AT)))
        .toList();
  }

  @Override
  public boolean putOffSweep(SweepableJob job, Instant sweepAt) {
    try {
      dynamoDb.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(JobItems.key(job.job()))
                  .updateExpression("SET sweepAt = :later")
                  .conditionExpression("sweepAt = :seen")
                  .expressionAttributeValues(
                      Map.of(":later", s(sweepAt), ":seen", s(job.sweepAt()))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      // Another sweep was quicker, or a worker has the job: either way it is not lost.
      return false;
    }
  }

  private static TransactWriteItem put(Put.Builder put) {
    return TransactWriteItem.builder().put(put.build()).build();
  }

  /** An update expression that sets the attributes that are present and removes the others. */
  private record Changes(
      String update, Map<String, String> names, Map<String, AttributeValue> values) {

    static Changes of(Map<String, Optional<AttributeValue>> changes) {
      List<String> sets = new ArrayList<>();
      List<String> removals = new ArrayList<>();
      Map<String, String> names = new HashMap<>();
      Map<String, AttributeValue> values = new HashMap<>();
      changes.forEach(
          (name, value) -> {
            names.put("#" + name, name);
            if (value.isPresent()) {
              sets.add("#" + name + " = :" + name);
              values.put(":" + name, value.get());
            } else {
              removals.add("#" + name);
            }
          });
      String update =
          "SET "
              + String.join(", ", sets)
              + (removals.isEmpty() ? "" : " REMOVE " + String.join(", ", removals));
      return new Changes(update, names, values);
    }

    Map<String, AttributeValue> valuesWith(String name, AttributeValue value) {
      Map<String, AttributeValue> all = new HashMap<>(values);
      all.put(name, value);
      return all;
    }
  }
}
