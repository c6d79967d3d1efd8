package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findInstant;
import static conversations.deletion.adapter.dynamodb.Attributes.findString;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.CLIENT_APP_ID;
import static conversations.deletion.adapter.dynamodb.JobAttributes.COMPLETED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.DELETED_CONVERSATIONS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.DELETED_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FAILED_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FORGOTTEN_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOTIFICATION_ATTEMPTS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOTIFICATION_STATUS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.NOT_BEFORE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ON_HOLD_SINCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.REFERENCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.REQUEST_FINGERPRINT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.REQUEST_TYPE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.RETRIES_REMAINING;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ROUND;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SCHEDULED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SKIPPED_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.STATUS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SUBMITTED_AT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.TOTAL_CONVERSATIONS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.WAITS_REMAINING;

import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.RequestFingerprint;
import conversations.deletion.domain.RequestType;
import conversations.deletion.domain.Retries;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads jobs whose items can't be read as they are: written by hand, damaged, or by another version
 * of the service. What can't be read gets a safe value, with which a job can be ended, and with
 * which nothing can be deleted.
 */
final class SpoiltJobItems {

  private static final String UNKNOWN = "unknown";

  private SpoiltJobItems() {}

  /**
   * Reads a job from an item of which {@link JobItems#read} has refused a part.
   *
   * @param now stands for moments that can't be read
   */
  static DeletionJob read(Map<String, AttributeValue> spoilt, Instant now) {
    Map<String, AttributeValue> item = new HashMap<>(spoilt);
    replaceIfSpoilt(item, CLIENT_APP_ID, SpoiltJobItems::namesClientApp, s(UNKNOWN));
    replaceIfSpoilt(item, SUBMITTED_AT, one -> findInstant(one, SUBMITTED_AT).isPresent(), s(now));
    replaceIfSpoilt(item, SCHEDULED_AT, one -> findInstant(one, SCHEDULED_AT).isPresent(), s(now));
    if (!reads(item, SpoiltJobItems::namesTarget)) {
      item.put(REQUEST_TYPE, s(requestType(item).text()));
      item.put(FORGOTTEN_AT, s(now));
      item.remove(PreviewItems.PREVIEW_ID);
    }
    if (!reads(item, SpoiltJobItems::isFingerprintWhole)) {
      item.remove(REQUEST_FINGERPRINT);
    }
    if (!reads(item, one -> JobItems.readReference(one) != null)) {
      item.remove(REFERENCE);
    }
    if (!reads(item, one -> JobItems.readNotBefore(one) != null)) {
      item.remove(NOT_BEFORE);
    }
    if (!reads(item, one -> JobItems.readOnHold(one) != null)) {
      item.remove(ON_HOLD_SINCE);
    }
    mendStatus(item);
    mendNumbers(item);
    return JobItems.read(item);
  }

  /** A job whose status can't be told, or contradicts the rest, has not ended. */
  private static void mendStatus(Map<String, AttributeValue> item) {
    if (!reads(item, SpoiltJobItems::isStatusWhole)) {
      item.put(STATUS, s(JobStatus.QUEUED.text()));
      item.remove(COMPLETED_AT);
    }
  }

  private static void mendNumbers(Map<String, AttributeValue> item) {
    if (!reads(item, one -> CountAttributes.read(one) != null)) {
      item.put(TOTAL_CONVERSATIONS, n(0));
      item.put(DELETED_CONVERSATIONS, n(0));
      item.put(FAILED_COUNT, n(0));
      item.put(SKIPPED_COUNT, n(0));
      item.put(DELETED_COUNT, n(0));
    }
    if (!reads(item, one -> JobItems.readRetries(one) != null)) {
      Retries initial = Retries.initial();
      item.put(RETRIES_REMAINING, n(initial.remaining()));
      item.put(WAITS_REMAINING, n(initial.waitsRemaining()));
      item.put(ROUND, n(initial.round()));
    }
    if (!reads(item, one -> JobItems.readNotification(one) != null)) {
      item.put(NOTIFICATION_STATUS, s(OwnerNotification.notDue().status().text()));
      item.put(NOTIFICATION_ATTEMPTS, n(0));
    }
  }

  private static void replaceIfSpoilt(
      Map<String, AttributeValue> item,
      String attribute,
      Predicate<Map<String, AttributeValue>> isWhole,
      AttributeValue replacement) {
    if (!reads(item, isWhole)) {
      item.put(attribute, replacement);
    }
  }

  private static boolean reads(
      Map<String, AttributeValue> item, Predicate<Map<String, AttributeValue>> isWhole) {
    try {
      return isWhole.test(item);
    } catch (RuntimeException _) {
      return false;
    }
  }

  private static boolean namesClientApp(Map<String, AttributeValue> item) {
    return ClientAppId.isValid(Attributes.string(item, CLIENT_APP_ID));
  }

  private static boolean namesTarget(Map<String, AttributeValue> item) {
    return TargetAttributes.readOfJob(item) != null;
  }

  private static boolean isFingerprintWhole(Map<String, AttributeValue> item) {
    return findString(item, REQUEST_FINGERPRINT).map(RequestFingerprint::new).isPresent();
  }

  private static boolean isStatusWhole(Map<String, AttributeValue> item) {
    JobStatus status = JobStatus.of(Attributes.string(item, STATUS));
    return status.isEnd() == findInstant(item, COMPLETED_AT).isPresent();
  }

  private static RequestType requestType(Map<String, AttributeValue> item) {
    return findString(item, REQUEST_TYPE).equals(Optional.of(RequestType.CHANNEL_USER.text()))
        ? RequestType.CHANNEL_USER
        : RequestType.CONVERSATION_IDS;
  }
}
