package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewSweeps;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.PreviewRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sweeps the table of previews, by its index of those that still need something done. */
public final class DynamoDbPreviewSweeps implements PreviewSweeps {

  private static final String FORGET =
      "SET forgottenAt = :now, expiresAt = :expiry"
          + " REMOVE cId, startedFrom, startedTo, indexPosition, openGroup, sweepAt";

  private final DynamoDbClient dynamoDb;
  private final String previewsTable;
  private final String chunksTable;
  private final Duration retention;
  private final SweepIndex index;
  private final TolerantReader<SweepablePreview> reader;

  /**
   * @param retention how long the counts of a preview are kept after it has expired
   */
  public DynamoDbPreviewSweeps(
      DynamoDbClient dynamoDb,
      String previewsTable,
      String chunksTable,
      Duration retention,
      OperatorLog log) {
    this.dynamoDb = dynamoDb;
    this.previewsTable = previewsTable;
    this.chunksTable = chunksTable;
    this.retention = retention;
    this.index = new SweepIndex(dynamoDb, previewsTable, PreviewItems.OPEN_PREVIEWS);
    this.reader =
        new TolerantReader<>(
            item -> new SweepablePreview(PreviewItems.ref(item), string(item, SWEEP_AT)),
            e -> log.error("preview_unreadable", Map.of(), e));
  }

  @Override
  public List<SweepablePreview> waiting(Instant now, int limit) {
    return due(OPEN, now, limit);
  }

  @Override
  public List<SweepablePreview> expired(Instant now, int limit) {
    return due(ENDED, now, limit);
  }

  private List<SweepablePreview> due(String group, Instant now, int limit) {
    return index.due(group, now, limit).flatMap(reader::read).limit(limit).toList();
  }

  @Override
  public boolean putOff(SweepablePreview preview, Instant sweepAt) {
    return index.putOff(PreviewItems.key(preview.preview()), preview.sweepAt(), sweepAt);
  }

  @Override
  public Set<JobId> jobsOf(PreviewRef preview) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(
                request ->
                    request
                        .tableName(previewsTable)
                        .key(PreviewItems.key(preview))
                        .projectionExpression(PreviewItems.JOBS)
                        .consistentRead(true))
            .item();
    Set<JobId> jobs = new HashSet<>();
    if (item.containsKey(PreviewItems.JOBS)) {
      item.get(PreviewItems.JOBS).ss().forEach(id -> jobs.add(new JobId(id)));
    }
    return jobs;
  }

  /** The list goes first, and the mark that it is still to be forgotten goes last. */
  @Override
  public void forget(PreviewRef preview, Instant now) {
    ChunkDeletes.deleteAll(
        dynamoDb, chunksTable, PreviewItems.PREVIEW_ID, preview.preview().value());
    ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(previewsTable)
                .key(PreviewItems.key(preview))
                .updateExpression(FORGET)
                .conditionExpression(OPEN_GROUP + " = :ended")
                .expressionAttributeValues(
                    Map.of(
                        ":now", s(now),
                        ":expiry", n(now.plus(retention).getEpochSecond()),
                        ":ended", s(ENDED))));
  }
}
