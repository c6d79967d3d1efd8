package conversations.deletion.adapter.dynamodb;

import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.application.port.Outages;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Reads and deletes conversation records.
 *
 * <p>A key that is made here reaches one conversation of one bot: {@link RecordKeys} sees to that.
 * No request made here can touch another's.
 */
public final class DynamoDbConversationRecords implements ConversationRecords {

  private final ConversationReads reads;
  private final DynamoDbClient deletes;
  private final RecordsTableShape table;
  private final RecordKeys keys;
  private final Outages outages;
  private final MetricCounter metrics;

  /**
   * Deletes records of a table of this shape.
   *
   * @param reads reads records of the same table
   * @param deletes a client that sends each request only once: the SDK's own retries would send
   *     deletes without a check that there is still time for them
   */
  public DynamoDbConversationRecords(
      ConversationReads reads,
      DynamoDbClient deletes,
      RecordsTableShape table,
      Outages outages,
      MetricCounter metrics) {
    this.reads = reads;
    this.deletes = deletes;
    this.table = table;
    this.keys = new RecordKeys(table);
    this.outages = outages;
    this.metrics = metrics;
  }

  @Override
  public RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    return reads.read(bot, conversation, after, limit, consistency);
  }

  @Override
  public IndexPage find(
      BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
    return reads.find(bot, wanted, after, limit);
  }

  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    List<WriteRequest> requests = deleteRequests(records);
    try {
      BatchWriteItemResponse response =
          deletes.batchWriteItem(
              request ->
                  request
                      .requestItems(Map.of(table.table(), requests))
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      double consumed =
          response.consumedCapacity().stream().mapToDouble(DynamoDbConversationReads::units).sum();
      metrics.add(Metric.WRITE_UNITS_CONSUMED, consumed);
      return new DeleteAnswer(
          response.unprocessedItems().getOrDefault(table.table(), List.of()).stream()
              .map(request -> keys.recordId(request.deleteRequest().key()))
              .toList(),
          consumed);
    } catch (SdkException e) {
      if (outages.isOutage(e)) {
        return DeleteAnswer.ofNone(records);
      }
      throw e;
    }
  }

  private List<WriteRequest> deleteRequests(List<RecordId> records) {
    List<WriteRequest> requests = new ArrayList<>(records.size());
    RecordId before = null;
    AttributeValue conversation = null;
    for (RecordId record : records) {
      if (before == null || !record.isOfSameConversation(before)) {
        conversation = keys.conversation(record.bot(), record.conversation()).orElseThrow();
      }
      DeleteRequest delete =
          DeleteRequest.builder().key(keys.record(conversation, record.recordKey())).build();
      requests.add(WriteRequest.builder().deleteRequest(delete).build());
      before = record;
    }
    return requests;
  }
}
