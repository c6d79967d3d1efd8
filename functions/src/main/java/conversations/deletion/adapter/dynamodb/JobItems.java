package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.JobAttributes.BEFORE_START_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CANCEL_REQUESTED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CANCEL_REQUESTED_BY;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CLIENT_APP_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.COMPLETED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FORGOTTEN_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.JOB_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOTIFICATION_ATTEMPTS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOTIFICATION_REASON;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOTIFICATION_SENT_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOTIFICATION_STATUS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOT_BEFORE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD_SINCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD_TOLD;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_BOT_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OWN_FAILURES;
import static conversations.deletion.adapter.dynamodb.JobAttributes.REFERENCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.REQUEST_FINGERPRINT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.RETRIES_REMAINING;
import static conversations.deletion.adapter.dynamodb.JobAttributes.RETRY_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ROUND;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SCHEDULED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STARTED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STATUS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STUCK_SINCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SUBMITTED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.WAITS_FOR;
import static conversations.deletion.adapter.dynamodb.JobAttributes.WAITS_REMAINING;
import static conversations.deletion.adapter.dynamodb.JobAttributes.WAIT_UNTIL;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OnHold;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.RequestFingerprint;
import conversations.deletion.domain.Retries;
import conversations.deletion.domain.Terms;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of the jobs table, apart from the attributes of lease and sweep. */
final class JobItems {

  private JobItems() {}

  static Map<String, AttributeValue> key(JobRef job) {
    return Map.of(BOT_ID, s(job.bot().value()), JOB_ID, s(job.job().value()));
  }

  static JobRef ref(Map<String, AttributeValue> item) {
    return new JobRef(new BotId(string(item, BOT_ID)), new JobId(string(item, JOB_ID)));
  }

  static Map<String, AttributeValue> write(DeletionJob job) {
    Map<String, AttributeValue> item = new HashMap<>(key(job.ref()));
    item.put(CLIENT_APP_ID, s(job.requestedBy().value()));
    item.put(SUBMITTED_AT, s(job.submittedAt()));
    item.putAll(TargetAttributes.write(job.target()));
    job.requestFingerprint()
        .ifPresent(fingerprint -> item.put(REQUEST_FINGERPRINT, s(fingerprint.value())));
    job.reference().ifPresent(reference -> item.put(REFERENCE, s(reference.value())));
    job.notBefore().ifPresent(moment -> item.put(NOT_BEFORE, s(moment)));
    write(job.state()).forEach((name, value) -> value.ifPresent(one -> item.put(name, one)));
    return item;
  }

  /**
   * The attributes of a state that a worker writes. An attribute that is to be absent is empty. A
   * request to cancel is not among them: others write it, and a worker must not overwrite it.
   */
  static Map<String, Optional<AttributeValue>> write(JobState state) {
    Map<String, Optional<AttributeValue>> attributes = new LinkedHashMap<>();
    attributes.put(STATUS, Optional.of(s(state.status().text())));
    attributes.put(SCHEDULED_AT, Optional.of(s(state.scheduledAt())));
    attributes.put(STARTED_AT, s(state.startedAt()));
    attributes.put(COMPLETED_AT, s(state.completedAt()));
    CountAttributes.write(state.counts())
        .forEach((name, value) -> attributes.put(name, Optional.of(value)));
    attributes.put(BEFORE_START_COUNT, state.beforeStart().map(Attributes::n));
    Retries retries = state.retries();
    attributes.put(RETRIES_REMAINING, Optional.of(n(retries.remaining())));
    attributes.put(WAITS_REMAINING, Optional.of(n(retries.waitsRemaining())));
    attributes.put(ROUND, Optional.of(n(retries.round())));
    attributes.put(RETRY_AT, s(retries.retryAt()));
    attributes.put(WAIT_UNTIL, s(retries.waitUntil()));
    attributes.put(OWN_FAILURES, Optional.of(n(state.ownFailures())));
    attributes.put(STUCK_SINCE, s(state.stuckSince()));
    OwnerNotification notification = state.notification();
    attributes.put(NOTIFICATION_STATUS, Optional.of(s(notification.status().text())));
    attributes.put(NOTIFICATION_ATTEMPTS, Optional.of(n(notification.attempts())));
    attributes.put(NOTIFICATION_SENT_AT, s(notification.sentAt()));
    attributes.put(NOTIFICATION_REASON, notification.reason().map(Attributes::s));
    attributes.put(ON_HOLD_SINCE, s(state.onHold().map(OnHold::since)));
    attributes.put(ON_HOLD_TOLD, state.onHold().map(hold -> bool(hold.isTold())));
    attributes.put(
        WAITS_FOR,
        state.onHold().map(OnHold::holds).filter(holds -> !holds.isEmpty()).map(JobItems::ids));
    if (state.status().isEnd() && !notification.isPending()) {
      attributes.put(OPEN_BOT_ID, Optional.empty());
    }
    return attributes;
  }

  private static AttributeValue ids(Set<HoldId> holds) {
    return AttributeValue.fromSs(holds.stream().map(HoldId::value).sorted().toList());
  }

  static Optional<OnHold> readOnHold(Map<String, AttributeValue> item) {
    Optional<Instant> since = findInstant(item, ON_HOLD_SINCE);
    if (since.isEmpty()) {
      return Optional.empty();
    }
    Set<HoldId> holds = new HashSet<>();
    if (item.containsKey(WAITS_FOR)) {
      item.get(WAITS_FOR).ss().forEach(id -> holds.add(new HoldId(id)));
    }
    boolean isTold = item.containsKey(ON_HOLD_TOLD) && item.get(ON_HOLD_TOLD).bool();
    return Optional.of(new OnHold(since.get(), isTold, holds));
  }

  /** The attributes of a request to cancel. */
  static Map<String, Optional<AttributeValue>> write(CancelRequest request) {
    return Map.of(
        CANCEL_REQUESTED_AT, Optional.of(s(request.at())),
        CANCEL_REQUESTED_BY, Optional.of(s(request.by().value())));
  }

  static Optional<CancelRequest> readCancelRequest(Map<String, AttributeValue> item) {
    Optional<Instant> at = findInstant(item, CANCEL_REQUESTED_AT);
    Optional<String> by = findString(item, CANCEL_REQUESTED_BY);
    return at.isPresent() && by.isPresent()
        ? Optional.of(new CancelRequest(at.get(), new ClientAppId(by.get())))
        : Optional.empty();
  }

  static DeletionJob read(Map<String, AttributeValue> item) {
    JobRef ref = ref(item);
    return new DeletionJob(
        ref.bot(),
        ref.job(),
        new ClientAppId(string(item, CLIENT_APP_ID)),
        TargetAttributes.readOfJob(item),
        instant(item, SUBMITTED_AT),
        readState(item),
        fingerprint(findString(item, REQUEST_FINGERPRINT)),
        new Terms(readReference(item), readNotBefore(item)));
  }

  static Optional<Reference> readReference(Map<String, AttributeValue> item) {
    Optional<String> written = findString(item, REFERENCE);
    return written.isPresent() && !item.containsKey(FORGOTTEN_AT)
        ? Optional.of(new Reference(written.get()))
        : Optional.empty();
  }

  /**
   * @throws IllegalStateException if there is a moment that can't be read: a job without it could
   *     begin at once
   */
  static Optional<Instant> readNotBefore(Map<String, AttributeValue> item) {
    return item.containsKey(NOT_BEFORE) ? Optional.of(instant(item, NOT_BEFORE)) : Optional.empty();
  }

  private static Optional<RequestFingerprint> fingerprint(Optional<String> written) {
    return written.isPresent()
        ? Optional.of(new RequestFingerprint(written.get()))
        : Optional.empty();
  }

  private static JobState readState(Map<String, AttributeValue> item) {
    return JobState.of(
        state -> {
          state.status = JobStatus.of(string(item, STATUS));
          state.scheduledAt = instant(item, SCHEDULED_AT);
          state.startedAt = findInstant(item, STARTED_AT);
          state.completedAt = findInstant(item, COMPLETED_AT);
          state.counts = CountAttributes.read(item);
          state.retries = readRetries(item);
          state.ownFailures =
              Math.clamp(findNumber(item, OWN_FAILURES).orElse(0L), 0, Integer.MAX_VALUE);
          state.stuckSince = findInstant(item, STUCK_SINCE);
          state.notification = readNotification(item);
          state.cancelRequest = readCancelRequest(item);
          state.beforeStart = findNumber(item, BEFORE_START_COUNT);
          state.onHold = readOnHold(item);
        });
  }

  static Retries readRetries(Map<String, AttributeValue> item) {
    return new Retries(
        Math.toIntExact(number(item, RETRIES_REMAINING)),
        Math.toIntExact(number(item, WAITS_REMAINING)),
        Math.toIntExact(number(item, ROUND)),
        findInstant(item, RETRY_AT),
        findInstant(item, WAIT_UNTIL));
  }

  static OwnerNotification readNotification(Map<String, AttributeValue> item) {
    return new OwnerNotification(
        OwnerNotification.Status.of(string(item, NOTIFICATION_STATUS)),
        Math.toIntExact(number(item, NOTIFICATION_ATTEMPTS)),
        findInstant(item, NOTIFICATION_SENT_AT),
        findString(item, NOTIFICATION_REASON));
  }
}
