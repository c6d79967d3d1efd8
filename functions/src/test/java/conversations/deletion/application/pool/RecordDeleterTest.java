package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final DeleteResult ALL_DELETED =
      new DeleteResult(Set.of(), Map.of(), Optional.empty());
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

  private static final RuntimeException REFUSAL = new IllegalStateException("denied");

  private final Set<RecordId> answered = new HashSet<>();
  private final AtomicLong nanos = new AtomicLong();
  private final List<List<RecordId>> requests = new ArrayList<>();
  private final Map<Metric, Double> counted = new ConcurrentHashMap<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 25, 26, 999, 1_000})
  void sendsNoMoreRequestsThanNeeded(int records) {
    DeleteResult result = delete(records, 8, batch -> List.of());

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(requests).hasSize(Math.ceilDiv(records, ConversationRecords.MAX_BATCH));
    assertThat(sent()).hasSize(records);
  }

  @Test
  void packsWhatWasLeftUnprocessedAnew() {
    Set<RecordId> onceRefused = new HashSet<>();
    PoolSettings settings = settings(8);

    // Eight senders turn the clock on at the same time, so it runs up to eight times too fast.
    DeleteResult result =
        deleter(
                settings,
                batch ->
                    batch.stream()
                        .filter(one -> Integer.parseInt(one.recordKey()) % 10 == 0)
                        .filter(onceRefused::add)
                        .toList())
            .delete(
                right("1", Duration.ofHours(1)),
                records("c-1", 2_500),
                List.of(),
                FirstDeletes.NONE);

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(requests).hasSizeBetween(110, 113);
  }

  @Test
  void triesARecordAgainAsOftenAsItTakesAndCountsEachTime() {
    AtomicInteger attempts = new AtomicInteger();

    DeleteResult result =
        delete(
            100,
            1,
            batch ->
                batch.stream()
                    .filter(one -> one.recordKey().equals("42"))
                    .filter(_ -> attempts.incrementAndGet() <= 12)
                    .toList());

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(counted).isEqualTo(Map.of(Metric.DELETES_THROTTLED, 12.0));
  }

  @Test
  void halvesARefusedRequestDownToTheOneRecordAndDeletesTheRest() {
    RecordId poison = records("poisoned", 12).get(7);
    List<RecordId> all = new ArrayList<>(records("poisoned", 12));
    all.addAll(records("healthy", 100));

    DeleteResult result =
        deleter(settings(1), refusing(poison))
            .delete(right("1", Duration.ofMinutes(5)), all, List.of(), FirstDeletes.NONE);

    assertThat(result.failure()).isEmpty();
    assertThat(result.refused()).containsOnlyKeys(poison.conversation()).containsValue(REFUSAL);
    assertThat(answered).containsAll(records("healthy", 100)).doesNotContain(poison);
    assertThat(requests.stream().filter(one -> one.contains(poison)).map(List::size))
        .as("each half is a request of its own")
        .containsExactly(25, 12, 6, 3, 2, 1);
  }

  @Test
  void sendsNothingMoreOfAConversationOfWhichARecordWasRefusedByItself() {
    RecordId poison = records("poisoned", 60).getFirst();

    DeleteResult result =
        deleter(settings(1), refusing(poison))
            .delete(
                right("1", Duration.ofMinutes(5)),
                records("poisoned", 60),
                List.of(),
                FirstDeletes.NONE);

    assertThat(result.refused()).containsOnlyKeys(poison.conversation());
    assertThat(sent()).as("those of the first request").hasSize(25);
  }

  @Test
  void doesNotBeginAConversationAfterTheMoment() {
    List<RecordId> all = new ArrayList<>(records("a", 50));
    all.addAll(records("b", 50));
    ConversationId b = new ConversationId("b");
    FirstDeletes first = new FirstDeletes(Set.of(new ConversationId("a"), b), 100);

    DeleteResult result =
        deleter(
                settings(1),
                batch -> {
                  nanos.addAndGet(101);
                  return List.of();
                })
            .delete(right("1", Duration.ofMinutes(5)), all, List.of(), first);

    assertThat(result).isEqualTo(new DeleteResult(Set.of(b), Map.of(), Optional.empty()));
    assertThat(sent()).as("what was begun is finished").isEqualTo(Set.copyOf(records("a", 50)));
  }

  @Test
  void doesNotBeginAConversationIfTheRightIsRenewedUntilAfterTheMoment() {
    ConversationId conversation = new ConversationId("a");
    DeleteRight slow =
        new DeleteRight() {
          @Override
          public String owner() {
            return "job-1";
          }

          @Override
          public void keepAlive() {
            nanos.addAndGet(60);
          }

          @Override
          public void requireTimeToDelete() {
            // There is time.
          }

          @Override
          public boolean mayDelete(ConversationId any) {
            return true;
          }
        };

    DeleteResult result =
        deleter(settings(1), _ -> List.of())
            .delete(slow, records("a", 5), List.of(), new FirstDeletes(Set.of(conversation), 100));

    assertThat(result.unsent()).containsExactly(conversation);
    assertThat(requests).isEmpty();
  }

  @Test
  void namesARecordThatTwoHavePlannedOnceInARequest() throws InterruptedException {
    AtomicReference<RecordDeleter> deleter = new AtomicReference<>();
    Thread other =
        Thread.ofPlatform()
            .unstarted(
                () ->
                    deleter
                        .get()
                        .delete(
                            right("2", Duration.ofMinutes(5)),
                            records("a", 30).subList(20, 30),
                            List.of(),
                            FirstDeletes.NONE));
    deleter.set(
        deleter(
            settings(1),
            batch -> {
              if (other.getState() == Thread.State.NEW) {
                other.start();
                TestThreads.awaitRest(other);
              }
              return List.of();
            }));

    DeleteResult result =
        deleter
            .get()
            .delete(
                right("1", Duration.ofMinutes(5)), records("a", 30), List.of(), FirstDeletes.NONE);
    other.join();

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(requests).allSatisfy(one -> assertThat(one).doesNotHaveDuplicates());
    assertThat(requests.get(1)).as("five of one, ten of the other").hasSize(10);
  }

  @Test
  void startsNoRequestThatCouldOutlastTheFunction() {
    DeleteResult result =
        delete(
            1_000,
            1,
            batch -> {
              nanos.addAndGet(Duration.ofSeconds(10).toNanos());
              return List.of();
            });

    assertThat(result.failure()).containsInstanceOf(OutOfTimeException.class);
    assertThat(requests).as("at 0, 10, 20, 30, 40 and 50 of 60 seconds").hasSize(6);
  }

  @Test
  void sendsNothingOfAJobThatIsOutOfTimeWithTheRecordsOfAnother() throws InterruptedException {
    PoolSettings settings = settings(1);
    DeleteRight inTime = right("1", Duration.ofSeconds(60));
    DeleteRight late = right("2", Duration.ofSeconds(5).minusMillis(1));
    AtomicReference<RecordDeleter> deleter = new AtomicReference<>();
    AtomicReference<DeleteResult> ofLate = new AtomicReference<>();
    Thread other =
        Thread.ofPlatform()
            .unstarted(
                () ->
                    ofLate.set(
                        deleter
                            .get()
                            .delete(late, records("late", 5), List.of(), FirstDeletes.NONE)));
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

    DeleteResult result =
        deleter.get().delete(inTime, records("in-time", 35), List.of(), FirstDeletes.NONE);
    other.join();

    assertThat(result).isEqualTo(ALL_DELETED);
    assertThat(sent()).containsExactlyInAnyOrderElementsOf(records("in-time", 35));
    assertThat(ofLate.get().failure()).containsInstanceOf(OutOfTimeException.class);
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
        .start(
            () -> deleter.delete(right, records(conversation, 25), List.of(), FirstDeletes.NONE));
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

  private DeleteResult delete(int records, int concurrency, UnaryOperator<List<RecordId>> answer) {
    PoolSettings settings = settings(concurrency);
    return deleter(settings, answer)
        .delete(
            right("1", Duration.ofSeconds(60)),
            records("c-1", records),
            List.of(),
            FirstDeletes.NONE);
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
    return new PoolSettings(concurrency, 0, Duration.ofSeconds(150));
  }

  /** Refuses each request that names this record, as a whole. */
  private UnaryOperator<List<RecordId>> refusing(RecordId poison) {
    return batch -> {
      if (batch.contains(poison)) {
        throw REFUSAL;
      }
      answered.addAll(batch);
      return List.of();
    };
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
