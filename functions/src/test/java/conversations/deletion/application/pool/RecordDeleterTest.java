package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.TestThreads;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.DeleteAnswer;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.Metric;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDeleterTest {

  private static final BotId BOT = new BotId("st-1");
  private static final int MAX_ATTEMPTS = 5;
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<List<RecordId>> requests = new ArrayList<>();
  private final Map<Metric, Double> counted = new ConcurrentHashMap<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 25, 26, 999, 1_000})
  void sendsNoMoreRequestsThanNeeded(int records) {
    Set<RecordId> left = delete(records, 8, batch -> List.of());

    assertThat(left).isEmpty();
    assertThat(requests).hasSize(Math.ceilDiv(records, ConversationRecords.MAX_BATCH));
    assertThat(sent()).hasSize(records);
  }

  @Test
  void packsWhatWasLeftUnprocessedAnew() {
    Set<RecordId> onceRefused = new HashSet<>();
    PoolSettings settings = settings(8);

    // Eight senders turn the clock on at the same time, so it runs up to eight times too fast.
    Set<RecordId> left =
        deleter(
                settings,
                batch ->
                    batch.stream()
                        .filter(one -> Integer.parseInt(one.recordKey()) % 10 == 0)
                        .filter(onceRefused::add)
                        .toList())
            .delete(right("1", Duration.ofHours(1)), records("c-1", 2_500), List.of());

    assertThat(left).isEmpty();
    assertThat(requests).hasSize(110);
  }

  @Test
  void givesUpOnWhatIsNeverProcessedAndOnNothingElse() {
    Set<RecordId> left =
        delete(
            100, 4, batch -> batch.stream().filter(one -> one.recordKey().equals("42")).toList());

    assertThat(left).extracting(RecordId::recordKey).containsExactly("42");
    assertThat(sent()).hasSize(100);
  }

  @Test
  void countsEachTimeThatARecordWasLeftUnprocessed() {
    delete(100, 4, batch -> batch.stream().filter(one -> one.recordKey().equals("42")).toList());

    assertThat(counted).isEqualTo(Map.of(Metric.DELETES_THROTTLED, (double) MAX_ATTEMPTS));
  }

  @Test
  void startsNoRequestThatCouldOutlastTheFunction() {
    assertThatThrownBy(
            () ->
                delete(
                    1_000,
                    1,
                    batch -> {
                      nanos.addAndGet(Duration.ofSeconds(10).toNanos());
                      return List.of();
                    }))
        .isInstanceOf(OutOfTimeException.class);

    assertThat(requests).as("at 0, 10, 20, 30, 40 and 50 of 60 seconds").hasSize(6);
  }

  @Test
  void passesOnWhatNoLaterAttemptCanMend() {
    assertThatThrownBy(
            () ->
                delete(
                    1_000,
                    4,
                    batch -> {
                      throw new IllegalStateException("access denied");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sendsNothingOfAJobThatIsOutOfTimeWithTheRecordsOfAnother() throws InterruptedException {
    PoolSettings settings = settings(1);
    DeleteRight inTime = right("1", Duration.ofSeconds(60));
    DeleteRight late = right("2", Duration.ofSeconds(5).minusMillis(1));
    AtomicReference<RecordDeleter> deleter = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread other =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    deleter.get().delete(late, records("late", 5), List.of());
                  } catch (RuntimeException e) {
                    failure.set(e);
                  }
                });
    deleter.set(
        deleter(
            settings,
            batch -> {
              if (other.getState() == Thread.State.NEW) {
                other.start();
                TestThreads.awaitRest(other);
              }
              return List.of();
            }));

    Set<RecordId> left = deleter.get().delete(inTime, records("in-time", 35), List.of());
    other.join();

    assertThat(left).isEmpty();
    assertThat(sent()).containsExactlyInAnyOrderElementsOf(records("in-time", 35));
    assertThat(failure.get()).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  @Timeout(10)
  void leavesToAnotherSenderWhatOthersStillWaitForOnceItsOwnIsDone() throws InterruptedException {
    PoolSettings settings = settings(2);
    CountDownLatch allAreThere = new CountDownLatch(1);
    Semaphore sending = new Semaphore(0);
    Set<String> sent = ConcurrentHashMap.newKeySet();
    RecordDeleter deleter =
        deleterOf(
            batch -> {
              sending.release();
              await(allAreThere);
              batch.forEach(record -> sent.add(record.conversation().value()));
              return new DeleteAnswer(List.of(), 1);
            },
            settings);
    List<Thread> callers = new ArrayList<>();
    for (String one : List.of("first", "second")) {
      callers.add(startDelete(deleter, right(one, Duration.ofSeconds(60)), one));
      // A caller whose records another one sends goes on sending as long as that one, and would
      // send the third's as well.
      sending.acquire();
    }
    Thread third = startDelete(deleter, right("3", Duration.ofSeconds(60)), "third");
    // It waits for its records, and looks after its lease now and then.
    while (third.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    callers.add(third);

    allAreThere.countDown();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(sent).containsExactlyInAnyOrder("first", "second", "third");
  }

  private static Thread startDelete(RecordDeleter deleter, DeleteRight right, String conversation) {
    return Thread.ofPlatform()
        .start(() -> deleter.delete(right, records(conversation, 25), List.of()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<RecordId> sent() {
    return requests.stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  private Set<RecordId> delete(int records, int concurrency, UnaryOperator<List<RecordId>> answer) {
    PoolSettings settings = settings(concurrency);
    return deleter(settings, answer)
        .delete(right("1", Duration.ofSeconds(60)), records("c-1", records), List.of());
  }

  private static List<RecordId> records(String conversation, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RecordId(BOT, new ConversationId(conversation), Integer.toString(i)))
        .toList();
  }

  private RecordDeleter deleter(PoolSettings settings, UnaryOperator<List<RecordId>> answer) {
    return deleterOf(answering(answer), settings);
  }

  private RecordDeleter deleterOf(DeletesOnly records, PoolSettings settings) {
    return new RecordDeleter(
        records,
        settings,
        new Clocks(() -> NOW, nanos::get, pause -> nanos.addAndGet(pause.toNanos())),
        (metric, amount) -> counted.merge(metric, amount, Double::sum));
  }

  private static PoolSettings settings(int concurrency) {
    return new PoolSettings(
        concurrency, MAX_ATTEMPTS, _ -> Duration.ofMillis(1), Duration.ofSeconds(150));
  }

  private DeleteRight right(String owner, Duration duration) {
    return TestRight.lasting(duration, owner, nanos::get);
  }

  private DeletesOnly answering(UnaryOperator<List<RecordId>> answer) {
    return batch -> {
      synchronized (requests) {
        requests.add(batch);
        List<RecordId> left = answer.apply(batch);
        return new DeleteAnswer(left, batch.size() - left.size());
      }
    };
  }
}
