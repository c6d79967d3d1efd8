package conversations.deletion.bench;

import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Makes only the calls to the records table that a job needs: read the conversations, delete all
 * but their headers, look, delete the headers, look again. It makes as many at a time as the
 * engine. It remembers nothing, survives no crash and checks no clock.
 */
final class BareLoop {

  private static final int READS_AT_ONCE = BenchedEngine.SETTINGS.readConcurrency();
  private static final int DELETES_AT_ONCE = BenchedEngine.SETTINGS.deleteConcurrency();
  private static final int CONVERSATIONS_AT_ONCE = 100;
  private static final String CONVERSATION_KEY = "conversationKey";
  private static final String RECORD_KEY = "recordKey";

  private final DynamoDbClient dynamoDb;
  private final DynamoDbClient singleAttempt;

  BareLoop(Clients clients) {
    this.dynamoDb = clients.dynamoDb();
    this.singleAttempt = clients.singleAttemptDynamoDb();
  }

  void delete(SampleUser user) {
    int end = user.first() + user.conversations();
    for (int first = user.first(); first < end; first += CONVERSATIONS_AT_ONCE) {
      List<String> keys =
          IntStream.range(first, Math.min(end, first + CONVERSATIONS_AT_ONCE))
              .mapToObj(SampleUser::conversationKey)
              .toList();
      deleteConversations(keys);
    }
  }

  private void deleteConversations(List<String> conversations) {
    List<Map<String, AttributeValue>> records = new ArrayList<>();
    List<Map<String, AttributeValue>> headers = new ArrayList<>();
    List<List<Map<String, AttributeValue>>> read =
        map(conversations, READS_AT_ONCE, key -> query(key, false));
    for (int i = 0; i < conversations.size(); i++) {
      AttributeValue conversation = AttributeValue.fromS(conversations.get(i));
      for (Map<String, AttributeValue> item : read.get(i)) {
        boolean isHeader = item.get("recordType").s().equals("SESSION");
        (isHeader ? headers : records)
            .add(Map.of(CONVERSATION_KEY, conversation, RECORD_KEY, item.get(RECORD_KEY)));
      }
    }
    deleteAll(records);
    map(conversations, READS_AT_ONCE, key -> query(key, true));
    deleteAll(headers);
    map(conversations, READS_AT_ONCE, key -> query(key, true));
  }

  private List<Map<String, AttributeValue>> query(String conversation, boolean consistent) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, AttributeValue> next = Map.of();
    do {
      Map<String, AttributeValue> after = next;
      QueryResponse page =
          dynamoDb.query(
              request ->
                  request
                      .tableName(RecordsTable.NAME)
                      .keyConditionExpression("conversationKey = :conversation")
                      .expressionAttributeValues(
                          Map.of(":conversation", AttributeValue.fromS(conversation)))
                      .projectionExpression("recordKey, recordType, createdAt, cId, startedAt")
                      .exclusiveStartKey(after.isEmpty() ? null : after)
                      .consistentRead(consistent)
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      items.addAll(page.items());
      next = page.lastEvaluatedKey();
    } while (!next.isEmpty());
    return items;
  }

  private void deleteAll(List<Map<String, AttributeValue>> keys) {
    List<List<Map<String, AttributeValue>>> batches = new ArrayList<>();
    for (int first = 0; first < keys.size(); first += BareBatch.MAX) {
      batches.add(keys.subList(first, Math.min(keys.size(), first + BareBatch.MAX)));
    }
    forEach(batches, DELETES_AT_ONCE, batch -> BareBatch.delete(singleAttempt, batch));
  }

  private static <T> void forEach(List<T> inputs, int atOnce, Consumer<T> action) {
    map(
        inputs,
        atOnce,
        input -> {
          action.accept(input);
          return input;
        });
  }

  private static <T, R> List<R> map(List<T> inputs, int atOnce, Function<T, R> function) {
    Semaphore places = new Semaphore(atOnce);
    List<Callable<R>> tasks = new ArrayList<>();
    for (T input : inputs) {
      tasks.add(
          () -> {
            places.acquire();
            try {
              return function.apply(input);
            } finally {
              places.release();
            }
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<R> results = new ArrayList<>();
      for (Future<R> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
