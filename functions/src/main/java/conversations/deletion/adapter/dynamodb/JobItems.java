package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.Forgotten;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.RequestFingerprint;
import conversations.deletion.domain.RequestType;
import conversations.deletion.domain.Retries;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of the jobs table, apart from the attributes of lease and sweep. */
final class JobItems {

  static final String BOT_ID = "botId";
  static final String JOB_ID = "jobId";
  static final String STATUS = "status";
  static final String SUBMITTED_AT = "submittedAt";
  static final String SCHEDULED_AT = "scheduledAt";
  static final String ATTEMPTS = "attempts";

  /** There once the channel user and the ids that were asked for are dropped. */
  static final String FORGOTTEN_AT = "forgottenAt";

  private JobItems() {}

  static Map<String, AttributeValue> key(JobRef job) {
    return Map.of(BOT_ID, s(job.bot().value()), JOB_ID, s(job.job().value()));
  }

  static JobRef ref(Map<String, AttributeValue> item) {
    return new JobRef(new BotId(string(item, BOT_ID)), new JobId(string(item, JOB_ID)));
  }

  static Map<String, AttributeValue> write(DeletionJob job) {
    Map<String, AttributeValue> item = new HashMap<>(key(job.ref()));
    item.put("appId", s(job.requestedBy().value()));
    item.put(SUBMITTED_AT, s(job.submittedAt()));
    item.put("requestType", s(job.target().requestType().text()));
    switch (job.target()) {
      case ListedConversations _, Forgotten _ -> {}
      case ChannelUserConversations user -> {
        item.put("cId", s(user.channelUser().value()));
        item.put("startedFrom", s(user.range().from()));
        item.put("startedTo", s(user.range().to()));
      }
    }
    job.requestFingerprint()
        .ifPresent(fingerprint -> item.put("requestFingerprint", s(fingerprint.value())));
    write(job.state()).forEach((name, value) -> value.ifPresent(one -> item.put(name, one)));
    return item;
  }

  /**
   * The attributes of a state that a worker writes; those that are to be absent are empty. A
   * request to cancel is not among them: others write it, and a worker must not overwrite it.
   */
  static Map<String, Optional<AttributeValue>> write(JobState state) {
    Map<String, Optional<AttributeValue>> attributes = new LinkedHashMap<>();
    attributes.put(STATUS, Optional.of(s(state.status().text())));
    attributes.put(SCHEDULED_AT, Optional.of(s(state.scheduledAt())));
    attributes.put("startedAt", s(state.startedAt()));
    attributes.put("completedAt", s(state.completedAt()));
    Counts counts = state.counts();
    attributes.put("totalConversations", Optional.of(n(counts.total())));
    attributes.put("deletedConversations", Optional.of(n(counts.deleted())));
    attributes.put("failedCount", Optional.of(n(counts.failed())));
    attributes.put("skippedCount", Optional.of(n(counts.skipped())));
    attributes.put("deletedCount", Optional.of(n(counts.deletedRecords())));
    Retries retries = state.retries();
    attributes.put("retriesRemaining", Optional.of(n(retries.remaining())));
    attributes.put("waitsRemaining", Optional.of(n(retries.waitsRemaining())));
    attributes.put("round", Optional.of(n(retries.round())));
    attributes.put("retryAt", s(retries.retryAt()));
    attributes.put("waitUntil", s(retries.waitUntil()));
    attributes.put(ATTEMPTS, Optional.of(n(state.attempts())));
    OwnerNotification notification = state.notification();
    attributes.put("notificationStatus", Optional.of(s(notification.status().text())));
    attributes.put("notificationAttempts", Optional.of(n(notification.attempts())));
    attributes.put("notificationSentAt", s(notification.sentAt()));
    attributes.put("notificationReason", notification.reason().map(Attributes::s));
    return attributes;
  }

  /** The attributes of a request to cancel. */
  static Map<String, Optional<AttributeValue>> write(CancelRequest request) {
    return Map.of(
        "cancelRequestedAt", Optional.of(s(request.at())),
        "cancelRequestedBy", Optional.of(s(request.by().value())));
  }

  static Optional<CancelRequest> readCancelRequest(Map<String, AttributeValue> item) {
    Optional<Instant> at = findInstant(item, "cancelRequestedAt");
    return at.isPresent()
        ? Optional.of(
            new CancelRequest(at.get(), new ClientAppId(string(item, "cancelRequestedBy"))))
        : Optional.empty();
  }

  static DeletionJob read(Map<String, AttributeValue> item) {
    JobRef ref = ref(item);
    return new DeletionJob(
        ref.bot(),
        ref.job(),
        new ClientAppId(string(item, "appId")),
        readTarget(item),
        instant(item, SUBMITTED_AT),
        readState(item),
        fingerprint(findString(item, "requestFingerprint")));
  }

  private static Optional<RequestFingerprint> fingerprint(Optional<String> written) {
    return written.isPresent()
        ? Optional.of(new RequestFingerprint(written.get()))
        : Optional.empty();
  }

  private static DeletionTarget readTarget(Map<String, AttributeValue> item) {
    RequestType type = RequestType.of(string(item, "requestType"));
    if (item.containsKey(FORGOTTEN_AT)) {
      return new Forgotten(type);
    }
    return switch (type) {
      case CONVERSATION_IDS -> new ListedConversations();
      case CHANNEL_USER ->
          new ChannelUserConversations(
              new ChannelUserId(string(item, "cId")),
              new DateRange(instant(item, "startedFrom"), instant(item, "startedTo")));
    };
  }

  private static JobState readState(Map<String, AttributeValue> item) {
    return new JobState(
        JobStatus.of(string(item, STATUS)),
        instant(item, SCHEDULED_AT),
        findInstant(item, "startedAt"),
        findInstant(item, "completedAt"),
        new Counts(
            number(item, "totalConversations"),
            number(item, "deletedConversations"),
            number(item, "failedCount"),
            number(item, "skippedCount"),
            number(item, "deletedCount")),
        new Retries(
            Math.toIntExact(number(item, "retriesRemaining")),
            Math.toIntExact(number(item, "waitsRemaining")),
            Math.toIntExact(number(item, "round")),
            findInstant(item, "retryAt"),
            findInstant(item, "waitUntil")),
        Math.toIntExact(number(item, ATTEMPTS)),
        new OwnerNotification(
            OwnerNotification.Status.of(string(item, "notificationStatus")),
            Math.toIntExact(number(item, "notificationAttempts")),
            findInstant(item, "notificationSentAt"),
            findString(item, "notificationReason")),
        readCancelRequest(item));
  }
}
