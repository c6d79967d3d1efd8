package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.COMPLETED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FENCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FORGOTTEN_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_NOT_LEASED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.LEASE_UNTIL;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOT_BEFORE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SCHEDULED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.JobRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Takes leases. What can't be read on an item, such as when the job is due, keeps nobody from
 * taking it: else such a job would never end.
 */
final class LeaseTaking {

  /** The clocks of the functions that submit and that delete may differ by this much. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private static final String TAKE_LEASE =
      "SET %s = :until, %s = :until ADD %s :one".formatted(LEASE_UNTIL, SWEEP_AT, FENCE);
  private static final String TAKE_LEASE_AND_OPEN =
      "SET %s = :until, %s = :until, %s = :open ADD %s :one"
          .formatted(LEASE_UNTIL, SWEEP_AT, OPEN_GROUP, FENCE);

  /**
   * A moment that the caller was promised is kept to the millisecond, unlike the next opening. A
   * job that has ended deletes nothing any more: its owner is to be told, which need not wait.
   */
  private static final String IS_DUE =
      "(attribute_exists(%1$s) OR (%2$s <= :latestDue AND (attribute_not_exists(%3$s) OR %3$s <= :now)))"
          .formatted(COMPLETED_AT, SCHEDULED_AT, NOT_BEFORE);

  private static final String IS_FREE_AND_DUE =
      "%s AND %s AND (%s OR %s < :now)".formatted(IS_OPEN, IS_DUE, IS_NOT_LEASED, LEASE_UNTIL);
  private static final String IS_AS_SEEN = FENCE + " = :seen";
  private static final String IS_AS_SEEN_NEVER_LEASED = "attribute_not_exists(" + FENCE + ")";

  private final DynamoDbClient dynamoDb;
  private final String table;

  LeaseTaking(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  LeaseResult take(JobRef job, Instant now, Duration term) {
    Instant latestDue = now.plus(CLOCK_TOLERANCE);
    Map<String, AttributeValue> values =
        Map.of(
            ":open", s(OPEN),
            ":until", s(now.plus(term)),
            ":one", n(1),
            ":now", s(now),
            ":latestDue", s(latestDue));
    try {
      return leased(update(job, TAKE_LEASE, IS_FREE_AND_DUE, values), now);
    } catch (ConditionalCheckFailedException e) {
      return refused(e.item(), now, latestDue)
          .orElseGet(() -> takeAsSeen(job, e.item(), now, term));
    }
  }

  private Map<String, AttributeValue> update(
      JobRef job, String change, String condition, Map<String, AttributeValue> values) {
    return dynamoDb
        .updateItem(
            request ->
                request
                    .tableName(table)
                    .key(JobItems.key(job))
                    .updateExpression(change)
                    .conditionExpression(condition)
                    .expressionAttributeValues(values)
                    .returnValues(ReturnValue.ALL_OLD)
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .attributes();
  }

  private static LeaseResult leased(Map<String, AttributeValue> before, Instant now) {
    long fence = findNumber(before, FENCE).orElse(0L) + 1;
    try {
      return new LeaseResult.Leased(new LeasedJob(JobItems.read(before), fence));
    } catch (RuntimeException _) {
      return new LeaseResult.Leased(new LeasedJob(SpoiltJobItems.read(before, now), fence, false));
    }
  }

  /** Why a job is not leased; empty if all that can be read says that it is free and due. */
  private static Optional<LeaseResult> refused(
      Map<String, AttributeValue> item, Instant now, Instant latestDue) {
    if (item == null || item.isEmpty()) {
      return Optional.of(new LeaseResult.Unknown());
    }
    if (isClosed(item)) {
      return Optional.of(new LeaseResult.Closed());
    }
    Optional<Instant> due = notDueBefore(item, now, latestDue);
    if (due.isPresent()) {
      return Optional.of(new LeaseResult.NotDue(due.get()));
    }
    if (findString(item, OPEN_GROUP).equals(Optional.of(ON_HOLD))) {
      return Optional.of(new LeaseResult.NotDue(now));
    }
    boolean isHeld = findInstant(item, LEASE_UNTIL).filter(end -> !end.isBefore(now)).isPresent();
    return isHeld ? Optional.of(new LeaseResult.HeldByAnother()) : Optional.empty();
  }

  private static Optional<Instant> notDueBefore(
      Map<String, AttributeValue> item, Instant now, Instant latestDue) {
    if (item.containsKey(COMPLETED_AT)) {
      return Optional.empty();
    }
    Optional<Instant> due = findInstant(item, SCHEDULED_AT).filter(latestDue::isBefore);
    return due.isPresent() ? due : findInstant(item, NOT_BEFORE).filter(now::isBefore);
  }

  /** A job that has lost its group is open, unless something else tells that it is closed. */
  private static boolean isClosed(Map<String, AttributeValue> item) {
    Optional<String> group = findString(item, OPEN_GROUP);
    return !group.equals(Optional.of(OPEN))
        && (group.equals(Optional.of(ENDED))
            || item.containsKey(FORGOTTEN_AT)
            || item.containsKey(COMPLETED_AT));
  }

  /** Takes the lease by what was read. If another worker was quicker, the fence has grown. */
  private LeaseResult takeAsSeen(
      JobRef job, Map<String, AttributeValue> seen, Instant now, Duration term) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":open", s(OPEN));
    values.put(":until", s(now.plus(term)));
    values.put(":one", n(1));
    AttributeValue fence = seen.get(FENCE);
    if (fence != null) {
      values.put(":seen", fence);
    }
    try {
      String condition = fence == null ? IS_AS_SEEN_NEVER_LEASED : IS_AS_SEEN;
      return leased(update(job, TAKE_LEASE_AND_OPEN, condition, values), now);
    } catch (ConditionalCheckFailedException _) {
      return new LeaseResult.HeldByAnother();
    }
  }
}
