package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.ss;

import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.domain.PreviewStatus;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Takes note with a preview that a job was made of it. The list of the preview then stays until the
 * job has ended.
 */
final class PreviewUse {

  /** So many ids stay far below DynamoDB's 400 KB. */
  private static final int MOST_JOBS = 100;

  private static final String IS_USABLE =
      "#status = :completed AND goodUntil > :now"
          + " AND (attribute_not_exists(madeJobs) OR size(madeJobs) < :most)";

  private PreviewUse() {}

  /** Part of the transaction that stores the job; it fails if the preview can't be used then. */
  static TransactWriteItem of(String table, DeletionJob job, PreviewId preview) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(table)
                .key(PreviewItems.key(new PreviewRef(job.bot(), preview)))
                .updateExpression("ADD " + PreviewItems.JOBS + " :job")
                .conditionExpression(IS_USABLE)
                .expressionAttributeNames(UpdateExpression.NAMES)
                .expressionAttributeValues(
                    Map.of(
                        ":job", ss(List.of(job.id().value())),
                        ":completed", s(PreviewStatus.COMPLETED.text()),
                        ":now", s(job.submittedAt()),
                        ":most", n(MOST_JOBS)))
                .build())
        .build();
  }
}
