package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.PreviewSubmissions;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Preview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Stores new previews, each in one transaction with the list of what is asked about. */
public final class DynamoDbPreviewSubmissions implements PreviewSubmissions {

  private final DynamoDbClient dynamoDb;
  private final String previewsTable;
  private final String chunksTable;
  private final PreviewChunkExpiry expiry;

  /**
   * Stores previews in these tables.
   *
   * @param retention how long a job is kept after its end
   */
  public DynamoDbPreviewSubmissions(
      DynamoDbClient dynamoDb, String previewsTable, String chunksTable, Duration retention) {
    this.dynamoDb = dynamoDb;
    this.previewsTable = previewsTable;
    this.chunksTable = chunksTable;
    this.expiry = new PreviewChunkExpiry(retention);
  }

  @Override
  public Preview submit(Preview preview, List<ConversationId> listed, Instant sweepAt) {
    Map<String, AttributeValue> item = new HashMap<>(PreviewItems.write(preview));
    item.put(JobAttributes.FENCE, n(0));
    item.put(JobAttributes.OPEN_GROUP, s(JobAttributes.OPEN));
    item.put(JobAttributes.SWEEP_AT, s(sweepAt));
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(Transactions.putNew(previewsTable, item, PreviewItems.PREVIEW_ID));
    if (!listed.isEmpty()) {
      // It may replace the list of an earlier preview with this id, which has expired.
      writes.add(
          Transactions.put(
              chunksTable,
              PreviewChunkItems.asked(preview, listed, expiry.after(preview.submittedAt()))));
    }
    try {
      Transactions.commit(dynamoDb, writes);
      return preview;
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        return PreviewItems.read(e.cancellationReasons().getFirst().item());
      }
      throw e;
    }
  }
}
