package conversations.deletion.client.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes items to a table in full batches, several at a time. {@link #finish} returns when all
 * items are written. If one could not be written, it throws, or an {@link #add} before it does.
 */
final class BatchWriter implements AutoCloseable {
  /** The most items of a BatchWriteItem. At 400 KB an item, they stay below its limit of 16 MB. */
  private static final int BATCH = 25;

  private static final int PARALLEL = 8;
  private static final int ATTEMPTS = 12;
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(25);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(3);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(PARALLEL);
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private List<WriteRequest> batch = new ArrayList<>(BATCH);

  BatchWriter(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  void add(Map<String, AttributeValue> item) {
    batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
    if (batch.size() == BATCH) {
      send();
    }
  }

  void finish() {
    if (!batch.isEmpty()) {
      send();
    }
    acquire(PARALLEL);
    permits.release(PARALLEL);
    throwFailure();
  }

  @Override
  public void close() {
    threads.close();
  }

  private void send() {
    throwFailure();
    List<WriteRequest> full = batch;
    batch = new ArrayList<>(BATCH);
    acquire(1);
    threads.execute(
        () -> {
          try {
            write(full);
          } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
          } finally {
            permits.release();
          }
        });
  }

  private void write(List<WriteRequest> requests) {
    List<WriteRequest> left = requests;
    Duration backOff = FIRST_BACK_OFF;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Map<String, List<WriteRequest>> items = Map.of(table, left);
      left =
          dynamoDb
              .batchWriteItem(request -> request.requestItems(items))
              .unprocessedItems()
              .getOrDefault(table, List.of());
      if (left.isEmpty()) {
        return;
      }
      sleep(backOff.toMillis() / 2 + ThreadLocalRandom.current().nextLong(backOff.toMillis()));
      Duration twice = backOff.multipliedBy(2);
      backOff = twice.compareTo(LONGEST_BACK_OFF) < 0 ? twice : LONGEST_BACK_OFF;
    }
    throw new IllegalStateException(
        "%d items were left unprocessed in %d attempts.".formatted(left.size(), ATTEMPTS));
  }

  private void throwFailure() {
    if (failure.get() != null) {
      throw new IllegalStateException("Not all items could be put.", failure.get());
    }
  }

  private void acquire(int count) {
    try {
      permits.acquire(count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while putting items.", e);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while putting items.", e);
    }
  }
}
