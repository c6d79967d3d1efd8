package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.Attributes.string;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_DUE;
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
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Sweeps the table of previews, by its index of those that still need something done. */
public final class DynamoDbPreviewSweeps implements PreviewSweeps {

  private static final String FORGET =
      "SET forgottenAt = :now, expiresAt = :expiry"
          + " REMOVE cId, startedFrom, startedTo, indexPosition, openGroup, sweepAt";

  private final DynamoDbClient dynamoDb;
  private final String previewsTable;
  private final String chunksTable;
  private final Duration retention;
  private final OperatorLog log;

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
    this.log = log;
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
    QueryRequest request =
        QueryRequest.builder()
            .tableName(previewsTable)
            .indexName(PreviewItems.OPEN_PREVIEWS)
            .keyConditionExpression(IS_DUE)
            .expressionAttributeValues(Map.of(":group", s(group), ":now", s(now)))
            .limit(limit)
            .build();
    return dynamoDb.queryPaginator(request).items().stream()
        .flatMap(item -> sweepable(item).stream())
        .limit(limit)
        .toList();
  }

  /** An item that can't be read, perhaps written by hand, must not hide the others. */
  private Optional<SweepablePreview> sweepable(Map<String, AttributeValue> item) {
    try {
      return Optional.of(new SweepablePreview(PreviewItems.ref(item), string(item, SWEEP_AT)));
    } catch (RuntimeException e) {
      log.error("preview_unreadable", Map.of(), e);
      return Optional.empty();
    }
  }

  @Override
  public boolean putOff(SweepablePreview preview, Instant sweepAt) {
    return ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(previewsTable)
                .key(PreviewItems.key(preview.preview()))
                .updateExpression("SET " + SWEEP_AT + " = :later")
                .conditionExpression(SWEEP_AT + " = :seen")
                .expressionAttributeValues(
                    Map.of(":later", s(sweepAt), ":seen", s(preview.sweepAt()))));
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
