package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.pool.Turn.Rest;
import conversations.deletion.application.pool.Turn.Send;
import conversations.deletion.application.pool.Turn.Wait;
import conversations.deletion.application.port.ConversationRecords.DeleteAnswer;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeletePoolTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Duration NO_TIME = Duration.ZERO;

  private long now = -SECOND;
  private final DeletePool pool =
      new DeletePool(new PoolSettings(8, 0, Duration.ofMinutes(1)), now);

  @Test
  void packsRecordsOfSeveralJobsAndBotsIntoOneRequest() {
    add("st-1", "a", 10);
    add("st-2", "b", 15);

    List<PendingDelete> batch = send().batch();

    assertThat(batch).hasSize(25);
    assertThat(batch.stream().map(PendingDelete::order).distinct()).hasSize(2);
  }

  @Test
  void keepsBackWhatDoesNotFillARequestUntilNoneIsInFlight() {
    add("st-1", "a", 30);
    Send full = send();
    now += SECOND;
    assertThat(next()).isInstanceOf(Rest.class);

    answered(full.batch(), Set.of(full.batch().getFirst().record()));
    now += SECOND;

    assertThat(send().batch()).as("with what was left unprocessed").hasSize(6);
  }

  @Test
  void aPartitionGetsNoMoreThanAThousandRecordsASecond() {
    add("st-1", "a", 3_000);

    int sent = sendAllThatMayGo();
    for (int i = 0; i < 100; i++) {
      now += SECOND / 100;
      sent += sendAllThatMayGo();
    }

    assertThat(sent).as("in a second, and a tenth's worth at once").isBetween(1_000, 1_100);
  }

  @Test
  void sessionHeadersShareThePartitionOfTheirIndexEntries() {
    DeleteOrder order = new DeleteOrder(right(), FirstDeletes.NONE, 1_000);
    List<RecordId> headers =
        IntStream.range(0, 1_000).mapToObj(i -> record("st-1", "c" + i, "SESSION")).toList();

    pool.add(order, List.of(), headers, now);
    int sent = 0;
    for (int i = 0; i < 20; i++) {
      sent += sendAllThatMayGo();
      now += SECOND / 100;
    }

    assertThat(sent).as("in a fifth of a second").isBetween(150, 300);
  }

  @Test
  void aRecordLargerThanAPartitionSavesUpIsWaitedForInFull() {
    add("st-1", "a", 1);
    answered(send().batch(), Set.of(), 400);
    now += SECOND;
    add("st-1", "b", 2);
    answered(send().batch(), Set.of(), 400);

    now += 39 * SECOND / 100;
    assertThat(next()).isInstanceOf(Wait.class);
    pool.waited();
    now += SECOND / 50;

    assertThat(send().batch()).hasSize(1);
  }

  @Test
  void aSessionHeaderWaitsUntilItsConversationTakesItToo() {
    add("st-1", "a", 1);
    answered(send().batch(), Set.of(), 400);
    RecordId header = record("st-1", "a", "SESSION");
    DeleteOrder order = new DeleteOrder(right(), FirstDeletes.NONE, 1);
    pool.add(order, List.of(), List.of(header), now);

    now += SECOND / 5;
    assertThat(next()).as("the table would take it").isInstanceOf(Wait.class);
    pool.waited();
    now += SECOND / 4;

    assertThat(recordsOf(send().batch())).containsExactly(header);
  }

  @Test
  void aSenderWhoLeavesIsReplacedForAsLongAsSomethingWaits() {
    add("st-1", "a", 30);
    answered(send().batch(), Set.of());
    assertThat(pool.leave()).isTrue();
    answered(send().batch(), Set.of());

    assertThat(pool.leave()).isFalse();
    assertThat(pool.add(new DeleteOrder(right(), FirstDeletes.NONE, 1), List.of(), List.of(), now))
        .as("a sender is to be started")
        .isTrue();
  }

  @Test
  void aHotPartitionIsHeldBackAndSlowsDownNoOther() {
    add("st-1", "cool", 2_000);
    sendAllThatMayGo();
    now += SECOND;
    double before = expected();
    add("st-1", "hot", 25);
    for (int i = 0; i < 8; i++) {
      now += SECOND / 20;
      sendAllThatMayGo("hot");
    }

    assertThat(expected()).as("the table's pace").isGreaterThanOrEqualTo(before);
    assertThat(next())
        .as("the hot one waits, with what is left of the other")
        .isInstanceOf(Wait.class);
  }

  @Test
  void whatTheTableRefusesSlowsDownTheTableAndNoPartition() {
    for (int i = 0; i < 40; i++) {
      add("st-1", "c" + i, 25);
    }
    double before = expected();
    for (int i = 0; i < 4; i++) {
      List<PendingDelete> batch = send().batch();
      answered(batch, recordsOf(batch));
      now += SECOND;
    }

    assertThat(expected()).isLessThan(before / 4);
  }

  /** How many records the table is expected to take in a minute, whatever is owed now. */
  private double expected() {
    return pool.recordsWithin(Duration.ofMinutes(1), now + 10 * SECOND);
  }

  @Test
  void oneSenderIsEnoughToWait() {
    add("st-1", "a", 3_000);
    sendAllThatMayGo();

    assertThat(next()).isInstanceOf(Wait.class);
    assertThat(next()).isInstanceOf(Rest.class);
  }

  @Test
  void everyConversationHasItsTurnBeforeAnyHasItsSecond() {
    add("st-1", "a", 50);
    add("st-1", "b", 50);

    List<PendingDelete> first = send().batch();
    answered(first, Set.of());
    List<PendingDelete> second = send().batch();

    assertThat(conversationsOf(first)).containsExactly("a");
    assertThat(conversationsOf(second)).containsExactly("b");
  }

  @Test
  void anOrderThatFailedStopsNoOther() throws Exception {
    DeleteOrder failing = add("st-1", "a", 30);
    DeleteOrder other = add("st-1", "b", 30);
    List<PendingDelete> inFlight = send().batch();

    pool.fail(failing, new OutOfTimeException());
    answered(inFlight, Set.of());
    now += SECOND;
    for (Turn turn = next();
        turn instanceof Send(List<PendingDelete> batch, _, _, _);
        turn = next()) {
      assertThat(conversationsOf(batch)).containsExactly("b");
      answered(batch, Set.of());
    }

    assertThat(failing.hasEndedWithin(NO_TIME)).isTrue();
    assertThat(failing.result().failure()).containsInstanceOf(OutOfTimeException.class);
    assertThat(other.hasEndedWithin(NO_TIME)).isTrue();
    assertThat(other.result().failure()).isEmpty();
  }

  @Test
  void anOrderThatFailedEndsOnceNothingOfItIsInFlight() throws InterruptedException {
    DeleteOrder failing = add("st-1", "a", 30);
    List<PendingDelete> inFlight = send().batch();

    pool.fail(failing, new OutOfTimeException());
    assertThat(failing.hasEndedWithin(NO_TIME)).as("a request is in flight").isFalse();
    answered(inFlight, recordsOf(inFlight));
    assertThat(failing.hasEndedWithin(NO_TIME)).isTrue();

    assertThat(failing.result().failure()).containsInstanceOf(OutOfTimeException.class);
    assertThat(next()).as("nothing of it is sent again").isInstanceOf(Rest.class);
  }

  private DeleteOrder add(String bot, String conversation, int records) {
    DeleteOrder order = new DeleteOrder(right(), FirstDeletes.NONE, records);
    List<RecordId> ids =
        IntStream.range(0, records)
            .mapToObj(i -> record(bot, conversation, Integer.toString(i)))
            .toList();
    pool.add(order, ids, List.of(), now);
    return order;
  }

  private static RecordId record(String bot, String conversation, String key) {
    return new RecordId(new BotId(bot), new ConversationId(conversation), key);
  }

  private DeleteRight right() {
    return TestRight.lasting(Duration.ofMinutes(15), "job-1", () -> now);
  }

  private Turn next() {
    return pool.next(now);
  }

  private Send send() {
    return (Send) next();
  }

  private int sendAllThatMayGo() {
    return sendAllThatMayGo("");
  }

  /** Of one conversation nothing is taken. */
  private int sendAllThatMayGo(String hot) {
    int sent = 0;
    List<Send> sends = new ArrayList<>();
    Turn turn = next();
    for (; turn instanceof Send send; turn = next()) {
      sends.add(send);
      sent += send.batch().size();
      answered(
          send.batch(),
          send.batch().stream()
              .map(PendingDelete::record)
              .filter(one -> one.conversation().value().equals(hot))
              .collect(Collectors.toSet()));
    }
    if (turn instanceof Wait) {
      pool.waited();
    }
    return sent;
  }

  /** The answer to a request that was sent now. */
  private void answered(List<PendingDelete> batch, Set<RecordId> unprocessed) {
    answered(batch, unprocessed, 0);
  }

  private void answered(List<PendingDelete> batch, Set<RecordId> unprocessed, double units) {
    List<PendingDelete> begun = pool.begin(batch, now);
    pool.answered(begun, new DeleteAnswer(List.copyOf(unprocessed), units), now, now);
    pool.sent();
  }

  private static Set<RecordId> recordsOf(List<PendingDelete> batch) {
    return batch.stream().map(PendingDelete::record).collect(Collectors.toSet());
  }

  private static Set<String> conversationsOf(List<PendingDelete> batch) {
    return batch.stream()
        .map(one -> one.record().conversation().value())
        .collect(Collectors.toSet());
  }
}
