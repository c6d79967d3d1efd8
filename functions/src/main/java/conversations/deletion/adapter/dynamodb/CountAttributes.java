package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.findNumber;
import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.JobAttributes.DELETED_ATTACHMENTS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.DELETED_CONVERSATIONS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.DELETED_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FAILED_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.HELD_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.HELD_IN_CONFIDENCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.RETAINED_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SKIPPED_COUNT;
import static conversations.deletion.adapter.dynamodb.JobAttributes.TOTAL_CONVERSATIONS;

import conversations.deletion.domain.Counts;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job's counts, as attributes of its item. */
final class CountAttributes {

  private CountAttributes() {}

  static Map<String, AttributeValue> write(Counts counts) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put(TOTAL_CONVERSATIONS, n(counts.total()));
    attributes.put(DELETED_CONVERSATIONS, n(counts.deleted()));
    attributes.put(FAILED_COUNT, n(counts.failed()));
    attributes.put(SKIPPED_COUNT, n(counts.skipped()));
    attributes.put(DELETED_COUNT, n(counts.deletedRecords()));
    attributes.put(DELETED_ATTACHMENTS, n(counts.deletedAttachments()));
    attributes.put(RETAINED_COUNT, n(counts.retainedRecords()));
    attributes.put(HELD_COUNT, n(counts.held()));
    attributes.put(HELD_IN_CONFIDENCE, n(counts.heldInConfidence()));
    return attributes;
  }

  /** Older versions of the service wrote nothing of attachments, retained records and holds. */
  static Counts read(Map<String, AttributeValue> item) {
    return new Counts(
        number(item, TOTAL_CONVERSATIONS),
        number(item, DELETED_CONVERSATIONS),
        number(item, FAILED_COUNT),
        number(item, SKIPPED_COUNT),
        number(item, DELETED_COUNT),
        findNumber(item, DELETED_ATTACHMENTS).orElse(0L),
        findNumber(item, RETAINED_COUNT).orElse(0L),
        findNumber(item, HELD_COUNT).orElse(0L),
        findNumber(item, HELD_IN_CONFIDENCE).orElse(0L));
  }
}
