package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.bool;
import static conversations.deletion.adapter.dynamodb.Attributes.instant;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.OwnerNotice;
import conversations.deletion.domain.OwnerNotice.Occasion;
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

  /** The job; for a notice that it waits for a hold, with {@link #ON_HOLD} behind it. */
  static final String JOB_ID = "jobId";

  static final String DUE_AT = "dueAt";
  static final String ATTEMPTS = "attempts";
  static final String NO_ANSWER = "noAnswer";

  /** The value of {@link #GROUP}. */
  static final String WAITING = "waiting";

  private static final String ON_HOLD = "#on-hold";

  private static final String BOT_ID = "botId";

  /** Named when all notices were of submissions. */
  private static final String SINCE = "submittedAt";

  /** DynamoDB's time to live. No notice waits for as long, unless nothing sends any. */
  private static final String EXPIRES_AT = "expiresAt";

  private static final Duration KEPT = Duration.ofDays(7);

  private OwnerNoticeItems() {}

  static Map<String, AttributeValue> key(OwnerNotice notice) {
    String job = notice.job().job().value();
    return Map.of(
        GROUP,
        s(WAITING),
        JOB_ID,
        s(
            switch (notice.occasion()) {
              case SUBMITTED -> job;
              case ON_HOLD -> job + ON_HOLD;
            }));
  }

  static Map<String, AttributeValue> write(OwnerNotice notice) {
    Map<String, AttributeValue> item = new HashMap<>(key(notice));
    item.put(BOT_ID, s(notice.job().bot().value()));
    item.put(SINCE, s(notice.since()));
    item.put(DUE_AT, s(notice.dueAt()));
    item.put(ATTEMPTS, n(notice.attempts()));
    item.put(NO_ANSWER, bool(notice.hadNoAnswer()));
    item.put(EXPIRES_AT, n(notice.since().plus(KEPT).getEpochSecond()));
    return item;
  }

  static OwnerNotice read(Map<String, AttributeValue> item) {
    String key = string(item, JOB_ID);
    boolean isOnHold = key.endsWith(ON_HOLD);
    String job = isOnHold ? key.substring(0, key.length() - ON_HOLD.length()) : key;
    return new OwnerNotice(
        new JobRef(new BotId(string(item, BOT_ID)), new JobId(job)),
        isOnHold ? Occasion.ON_HOLD : Occasion.SUBMITTED,
        instant(item, SINCE),
        instant(item, DUE_AT),
        Math.toIntExact(number(item, ATTEMPTS)),
        Boolean.TRUE.equals(item.get(NO_ANSWER).bool()));
  }
}
