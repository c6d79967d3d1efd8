package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.number;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.JobId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The table of jobs' conversations. */
public final class DynamoDbJobChunks implements JobChunks {

  private static final String IS_OF_ANOTHER_SUBMISSION =
      "(attribute_exists(submittedAt) AND submittedAt <> :submittedAt)";
  private static final String IS_FREE =
      "attribute_not_exists(jobId) OR " + IS_OF_ANOTHER_SUBMISSION;
  private static final String IS_LATER =
      "fence < :fence OR (fence = :fence AND"
          + " (attribute_not_exists(writeNumber) OR writeNumber <= :writeNumber))";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final ChunkExpiry expiry;
  private final InstantSource clock;

  /** Counts what is put under the leases of this process, the owner of each of them. */
  private final AtomicLong writes = new AtomicLong();

  /**
   * Keeps the chunks of jobs.
   *
   * @param retention how long a job is kept after its end
   */
  public DynamoDbJobChunks(
      DynamoDbClient dynamoDb, String table, Duration retention, InstantSource clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.expiry = new ChunkExpiry(retention);
    this.clock = clock;
  }

  @Override
  public void forEach(LeasedJob lease, Consumer<Chunk> consumer) {
    dynamoDb
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("jobId = :job")
                    .expressionAttributeValues(Map.of(":job", s(lease.job().id().value())))
                    .consistentRead(true))
        .items()
        .stream()
        .filter(item -> ChunkItems.isOf(lease.job(), item))
        .forEach(item -> consumer.accept(ownOrEarlier(lease, item)));
  }

  private static Chunk ownOrEarlier(LeasedJob lease, Map<String, AttributeValue> item) {
    if (number(item, ChunkItems.FENCE) > lease.fence()) {
      throw new LeaseLostException(lease.job().ref(), null);
    }
    return ChunkItems.read(item);
  }

  @Override
  public Optional<Chunk> find(LeasedJob lease, int number) {
    // A query, as the other reads here are, so that the function needs no right to GetItem.
    return dynamoDb
        .query(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("jobId = :job AND chunk = :chunk")
                    .expressionAttributeValues(
                        Map.of(":job", s(lease.job().id().value()), ":chunk", n(number)))
                    .consistentRead(true))
        .items()
        .stream()
        .filter(item -> ChunkItems.isOf(lease.job(), item))
        .map(ChunkItems::read)
        .findFirst();
  }

  @Override
  public void keep(LeasedJob lease, int number) {
    // If the condition does not hold, there is none, or a later worker has it.
    ConditionalUpdates.holds(
        dynamoDb,
        request ->
            request
                .tableName(table)
                .key(ChunkItems.key(lease.job().id(), number))
                .updateExpression("REMOVE " + ChunkItems.EXPIRES_AT)
                .conditionExpression("fence <= :fence AND NOT " + IS_OF_ANOTHER_SUBMISSION)
                .expressionAttributeValues(values(lease)));
  }

  @Override
  public void deleteAll(JobId job) {
    ChunkDeletes.deleteAll(dynamoDb, table, ChunkItems.JOB_ID, job.value());
  }

  @Override
  public Chunk claim(LeasedJob lease, int number) {
    try {
      return ChunkItems.read(
          dynamoDb
              .updateItem(
                  request ->
                      request
                          .tableName(table)
                          .key(ChunkItems.key(lease.job().id(), number))
                          .updateExpression("SET fence = :fence REMOVE writeNumber")
                          .conditionExpression(
                              "fence <= :fence AND NOT " + IS_OF_ANOTHER_SUBMISSION)
                          .expressionAttributeValues(values(lease))
                          .returnValues(ReturnValue.ALL_NEW))
              .attributes());
    } catch (ConditionalCheckFailedException e) {
      throw new LeaseLostException(lease.job().ref(), e);
    }
  }

  @Override
  public boolean add(LeasedJob lease, Chunk chunk) {
    try {
      dynamoDb.putItem(
          request ->
              request
                  .tableName(table)
                  .item(item(lease, chunk, writes.incrementAndGet()))
                  .conditionExpression(IS_FREE)
                  .expressionAttributeValues(Map.of(":submittedAt", s(lease.job().submittedAt()))));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  private Map<String, AttributeValue> item(LeasedJob lease, Chunk chunk, long writeNumber) {
    Map<String, AttributeValue> item =
        new HashMap<>(
            ChunkItems.write(chunk, lease.job(), lease.fence(), expiry.after(clock.instant())));
    if (lease.job().state().onHold().isPresent()) {
      item.remove(ChunkItems.EXPIRES_AT);
    }
    item.put("writeNumber", n(writeNumber));
    return item;
  }

  private static Map<String, AttributeValue> values(LeasedJob lease) {
    return Map.of(":fence", n(lease.fence()), ":submittedAt", s(lease.job().submittedAt()));
  }

  /** A request that was long under way must not undo what was put after it. */
  @Override
  public void put(LeasedJob lease, Chunk chunk) {
    long writeNumber = writes.incrementAndGet();
    Map<String, AttributeValue> values = new HashMap<>(values(lease));
    values.put(":writeNumber", n(writeNumber));
    try {
      dynamoDb.putItem(
          request ->
              request
                  .tableName(table)
                  .item(item(lease, chunk, writeNumber))
                  .conditionExpression(IS_FREE + " OR " + IS_LATER)
                  .expressionAttributeValues(values));
    } catch (ConditionalCheckFailedException e) {
      throw new LeaseLostException(lease.job().ref(), e);
    }
  }
}
