package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static conversations.deletion.adapter.dynamodb.JobAttributes.ENDED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FENCE;
import static conversations.deletion.adapter.dynamodb.JobAttributes.FENCE_HOLDS;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_NOT_LEASED;
import static conversations.deletion.adapter.dynamodb.JobAttributes.IS_OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.LEASE_UNTIL;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN;
import static conversations.deletion.adapter.dynamodb.JobAttributes.OPEN_GROUP;
import static conversations.deletion.adapter.dynamodb.JobAttributes.SWEEP_AT;

import conversations.deletion.application.port.LeasedPreview;
import conversations.deletion.application.port.PreviewLeaseLostException;
import conversations.deletion.application.port.PreviewLeases;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.domain.PreviewState;
import conversations.deletion.domain.PreviewStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Leases previews, on the table of previews, and stores what their workers find. */
public final class DynamoDbPreviewLeases implements PreviewLeases {

  private static final String IS_FREE =
      "%s AND (%s OR %s < :now)".formatted(IS_OPEN, IS_NOT_LEASED, LEASE_UNTIL);
  private static final String IS_OPEN_AND_HELD = FENCE_HOLDS + " AND " + IS_OPEN;

  private final DynamoDbClient dynamoDb;
  private final String previewsTable;
  private final String chunksTable;
  private final PreviewChunkExpiry expiry;
  private final InstantSource clock;

  /**
   * Leases previews of this table.
   *
   * @param retention how long a job is kept after its end
   */
  public DynamoDbPreviewLeases(
      DynamoDbClient dynamoDb,
      String previewsTable,
      String chunksTable,
      Duration retention,
      InstantSource clock) {
    this.dynamoDb = dynamoDb;
    this.previewsTable = previewsTable;
    this.chunksTable = chunksTable;
    this.expiry = new PreviewChunkExpiry(retention);
    this.clock = clock;
  }

  @Override
  public Optional<LeasedPreview> lease(PreviewRef preview, Instant now, Instant until) {
    try {
      Map<String, AttributeValue> before =
          dynamoDb
              .updateItem(
                  request ->
                      request
                          .tableName(previewsTable)
                          .key(PreviewItems.key(preview))
                          .updateExpression(
                              "SET #status = :inProgress, leaseUntil = :until, sweepAt = :until,"
                                  + " stuckSince = if_not_exists(stuckSince, :now)"
                                  + " ADD fence :one")
                          .conditionExpression(IS_FREE)
                          .expressionAttributeNames(UpdateExpression.NAMES)
                          .expressionAttributeValues(
                              Map.of(
                                  ":open", s(OPEN),
                                  ":now", s(now),
                                  ":until", s(until),
                                  ":inProgress", s(PreviewStatus.IN_PROGRESS.text()),
                                  ":one", n(1)))
                          .returnValues(ReturnValue.ALL_OLD))
              .attributes();
      return Optional.of(leased(before, now));
    } catch (ConditionalCheckFailedException _) {
      return Optional.empty();
    }
  }

  private static LeasedPreview leased(Map<String, AttributeValue> before, Instant now) {
    Preview preview = PreviewItems.read(before);
    boolean isTakenOver = preview.state().status() == PreviewStatus.IN_PROGRESS;
    return new LeasedPreview(
        preview.with(preview.state().pickedUp(now)), number(before, FENCE) + 1, isTakenOver);
  }

  @Override
  public void renew(LeasedPreview lease, Instant until) {
    boolean isHeld =
        ConditionalUpdates.holds(
            dynamoDb,
            request ->
                request
                    .tableName(previewsTable)
                    .key(PreviewItems.key(lease.preview().ref()))
                    .updateExpression("SET leaseUntil = :until, sweepAt = :until")
                    .conditionExpression(IS_OPEN_AND_HELD)
                    .expressionAttributeValues(
                        Map.of(":until", s(until), ":fence", n(lease.fence()), ":open", s(OPEN))));
    if (!isHeld) {
      throw new PreviewLeaseLostException(lease.preview().ref(), null);
    }
  }

  @Override
  public LeasedPreview save(
      LeasedPreview lease, PreviewState state, PreviewChunk chunk, Instant until) {
    Map<String, Optional<AttributeValue>> changes = new HashMap<>(PreviewItems.write(state));
    changes.put(LEASE_UNTIL, Optional.of(s(until)));
    changes.put(SWEEP_AT, Optional.of(s(until)));
    UpdateExpression update = UpdateExpression.of(changes);
    Preview preview = lease.preview();
    Map<String, AttributeValue> values = new HashMap<>(update.values());
    values.put(":fence", n(lease.fence()));
    values.put(":open", s(OPEN));
    TransactWriteItem ofState =
        TransactWriteItem.builder()
            .update(
                Update.builder()
                    .tableName(previewsTable)
                    .key(PreviewItems.key(preview.ref()))
                    .updateExpression(update.text())
                    .conditionExpression(IS_OPEN_AND_HELD)
                    .expressionAttributeNames(UpdateExpression.NAMES)
                    .expressionAttributeValues(values)
                    .build())
            .build();
    TransactWriteItem ofChunk =
        Transactions.put(
            chunksTable, PreviewChunkItems.write(preview, chunk, expiry.after(clock.instant())));
    try {
      Transactions.commit(dynamoDb, List.of(ofState, ofChunk));
      return lease.with(state);
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        throw new PreviewLeaseLostException(preview.ref(), e);
      }
      throw e;
    }
  }

  @Override
  public void release(LeasedPreview lease, PreviewState state, Instant sweepAt) {
    Map<String, Optional<AttributeValue>> changes = new HashMap<>(PreviewItems.write(state));
    changes.put(LEASE_UNTIL, Optional.empty());
    changes.put(SWEEP_AT, Optional.of(s(sweepAt)));
    changes.put(OPEN_GROUP, Optional.of(s(state.status().isEnd() ? ENDED : OPEN)));
    UpdateExpression update = UpdateExpression.of(changes);
    boolean isHeld =
        ConditionalUpdates.holds(
            dynamoDb,
            request ->
                request
                    .tableName(previewsTable)
                    .key(PreviewItems.key(lease.preview().ref()))
                    .updateExpression(update.text())
                    .conditionExpression(FENCE_HOLDS)
                    .expressionAttributeNames(UpdateExpression.NAMES)
                    .expressionAttributeValues(update.valuesWith(":fence", n(lease.fence()))));
    if (!isHeld) {
      throw new PreviewLeaseLostException(lease.preview().ref(), null);
    }
  }
}
