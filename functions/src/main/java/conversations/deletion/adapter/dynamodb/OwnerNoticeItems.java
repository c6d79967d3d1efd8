package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.domain.OwnerNotice;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the table of owners' notices. All are in one partition, because there are few: each
 * waits for minutes, or for a day at most.
 */
final class OwnerNoticeItems {

  static final String GROUP = "noticeGroup";
  static final String JOB_ID = "jobId";
  static final String DUE_AT = "dueAt";
  static final String ATTEMPTS = "attempts";
  static final String NO_ANSWER = "noAnswer";

  /** The value of {@link #GROUP}. */
  static final String WAITING = "waiting";

  private static final String BOT_ID = "botId";
  private static final String SUBMITTED_AT = "submittedAt";

  /** DynamoDB's time to live. No notice waits for as long, unless nothing sends any. */
  private static final String EXPIRES_AT = "expiresAt";

  private static final Duration KEPT = Duration.ofDays(7);

  private OwnerNoticeItems() {}

  static Map<String, AttributeValue> key(OwnerNotice notice) {
    return Map.of(GROUP, s(WAITING), JOB_ID, s(notice.job().job().value()));
  }

  static Map<String, AttributeValue> write(OwnerNotice notice) {
    Map<String, AttributeValue> item = new HashMap<>(key(notice));
    item.put(BOT_ID, s(notice.job().bot().value()));
    item.put(SUBMITTED_AT, s(notice.submittedAt()));
    item.put(DUE_AT, s(notice.dueAt()));
    item.put(ATTEMPTS, n(notice.attempts()));
    item.put(NO_ANSWER, bool(notice.hadNoAnswer()));
    item.put(EXPIRES_AT, n(notice.submittedAt().plus(KEPT).getEpochSecond()));
    return item;
  }

  static OwnerNotice read(Map<String, AttributeValue> item) {
    return new OwnerNotice(
        JobItems.ref(item),
        instant(item, SUBMITTED_AT),
        instant(item, DUE_AT),
        Math.toIntExact(number(item, ATTEMPTS)),
        Boolean.TRUE.equals(item.get(NO_ANSWER).bool()));
  }
}
