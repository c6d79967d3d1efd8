package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FENCE_HOLDS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.HAS_NOT_ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.LEASE_UNTIL;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OWN_FAILURES;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SCHEDULED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.JobStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Gives leases of jobs back, and leaves the jobs as they are stored. */
record LeaseReturns(DynamoDbClient dynamoDb, String table) {

  private static final String QUEUE_AGAIN =
      "REMOVE %s SET #status = :queued, %s = :due, %s = :due"
          .formatted(LEASE_UNTIL, SCHEDULED_AT, SWEEP_AT);
  private static final String SWEEP_AGAIN =
      "REMOVE %s SET %s = :due".formatted(LEASE_UNTIL, SWEEP_AT);

  private static final String LOCK_UNTIL_DUE =
      "SET %s = :before, %s = :due".formatted(LEASE_UNTIL, SWEEP_AT);
  private static final String COUNT_FAILURE = ", " + OWN_FAILURES + " = :ownFailures";

  /**
   * Gives a lease back.
   *
   * @param due when the job may be picked up again
   * @param ownFailures how often tries have failed for a reason of the job's own; empty leaves the
   *     number as it is stored
   * @return false if another worker has taken the job over, or it is closed
   */
  boolean giveBack(LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    return lease.isReadable()
        ? giveBackToQueue(lease, due, ownFailures) || giveBackEnded(lease, due, ownFailures)
        : giveBackUnreadable(lease, due, ownFailures);
  }

  private boolean giveBackToQueue(LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    Map<String, AttributeValue> values = valuesToGiveBack(lease, due, ownFailures);
    values.put(":queued", s(JobStatus.QUEUED.text()));
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(JobItems.key(lease.job().ref()))
                .updateExpression(counting(QUEUE_AGAIN, values))
                .conditionExpression(FENCE_HOLDS + " AND " + IS_OPEN + " AND " + HAS_NOT_ENDED)
                .expressionAttributeNames(UpdateExpression.NAMES)
                .expressionAttributeValues(values));
  }

  private boolean giveBackEnded(LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    return giveBackAsItIs(lease, SWEEP_AGAIN, valuesToGiveBack(lease, due, ownFailures));
  }

  /**
   * The item stays as it is, or it would become readable by half. So its lease, and not what it
   * says about when it is due, keeps others away until then.
   */
  private boolean giveBackUnreadable(LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    Map<String, AttributeValue> values = valuesToGiveBack(lease, due, ownFailures);
    values.put(":before", s(due.minusMillis(1)));
    return giveBackAsItIs(lease, LOCK_UNTIL_DUE, values);
  }

  private boolean giveBackAsItIs(
      LeasedJob lease, String update, Map<String, AttributeValue> values) {
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(JobItems.key(lease.job().ref()))
                .updateExpression(counting(update, values))
                .conditionExpression(FENCE_HOLDS + " AND " + IS_OPEN)
                .expressionAttributeValues(values));
  }

  private static String counting(String update, Map<String, AttributeValue> values) {
    return values.containsKey(":ownFailures") ? update + COUNT_FAILURE : update;
  }

  private static Map<String, AttributeValue> valuesToGiveBack(
      LeasedJob lease, Instant due, Optional<Integer> ownFailures) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":due", s(due));
    values.put(":fence", n(lease.fence()));
    values.put(":open", s(OPEN));
    ownFailures.ifPresent(count -> values.put(":ownFailures", n(count)));
    return values;
  }
}
