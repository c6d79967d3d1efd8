package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.pool.DeletePool.Turn;
import conversations.deletion.application.pool.DeletePool.Turn.Rest;
import conversations.deletion.application.pool.DeletePool.Turn.Send;
import conversations.deletion.application.pool.DeletePool.Turn.Wait;
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
  private static final Duration BACKOFF = Duration.ofMillis(500);

  private long now = -SECOND;
  private final DeletePool pool =
      new DeletePool(new PoolSettings(8, 3, _ -> BACKOFF, Duration.ofMinutes(1)), now);

  @Test
  void packsRecordsOfSeveralJobsAndBotsIntoOneRequest() {
    add("st-1", "a", 10);
    add("st-2", "b", 15);

    List<PendingDelete> batch = send().batch();

    assertThat(batch).hasSize(25);
    assertThat(batch.stream().map(PendingDelete::order).distinct()).hasSize(2);
  }

  @Test
  void namesARecordThatTwoHavePlannedOnceInARequest() {
    add("st-1", "a", 3);
    add("st-1", "a", 2);

    List<PendingDelete> batch = send().batch();

    assertThat(batch).hasSize(5);
    assertThat(pool.wanted(batch)).hasSize(3).hasSameElementsAs(recordsOf(batch));
  }

  @Test
  void keepsBackWhatDoesNotFillARequestUntilNoneIsInFlight() {
    add("st-1", "a", 30);
    Send full = send();
    assertThat(next()).isInstanceOf(Rest.class);

    pool.answered(full.batch(), Set.of(full.batch().getFirst().record()), now);
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
    DeleteOrder order = new DeleteOrder(right(), 300);
    List<RecordId> headers =
        IntStream.range(0, 300).mapToObj(i -> record("st-1", "c" + i, "SESSION")).toList();

    pool.add(order, List.of(), headers, now);

    assertThat(sendAllThatMayGo()).isLessThan(100);
  }

  @Test
  void aSenderWhoLeavesIsReplacedForAsLongAsSomethingWaits() {
    add("st-1", "a", 30);
    pool.answered(send().batch(), Set.of(), now);
    assertThat(pool.leave()).isTrue();
    pool.answered(send().batch(), Set.of(), now);

    assertThat(pool.leave()).isFalse();
    assertThat(pool.add(new DeleteOrder(right(), 1), List.of(), List.of(), now))
        .as("a sender is to be started")
        .isTrue();
  }

  @Test
  void waitsForNoConversationThatIsHeldBack() {
    add("st-1", "a", 25);
    Send refused = send();
    pool.answered(refused.batch(), recordsOf(refused.batch()), now);
    add("st-1", "b", 25);

    assertThat(conversationsOf(send().batch())).containsExactly("b");
    assertThat(next()).isEqualTo(new Wait(BACKOFF));
    assertThat(next()).as("one sender is enough to wait").isInstanceOf(Rest.class);

    pool.waited();
    now += BACKOFF.toNanos();
    assertThat(conversationsOf(send().batch())).containsExactly("a");
  }

  @Test
  void whatIsReadySoonerIsNotLeftToOneWhoWaitsForLonger() {
    add("st-1", "a", 25);
    Send refused = send();
    pool.answered(refused.batch(), recordsOf(refused.batch()), now);
    assertThat(next()).isEqualTo(new Wait(BACKOFF));
    add("st-1", "b", 200);

    Turn turn = next();
    while (turn instanceof Send) {
      turn = next();
    }

    assertThat(turn)
        .isInstanceOfSatisfying(
            Wait.class, wait -> assertThat(wait.duration()).isLessThan(BACKOFF));
  }

  @Test
  void aPartitionThatThrottlesGetsLess() {
    add("st-1", "a", 2_000);
    for (int i = 0; i < 2; i++) {
      List<PendingDelete> refused = send().batch();
      pool.answered(refused, recordsOf(refused), now);
      now += SECOND;
    }

    int sent = 0;
    for (int i = 0; i < 100; i++) {
      now += SECOND / 100;
      sent += sendAllThatMayGo();
    }
    assertThat(sent).as("in a second").isBetween(200, 800);
  }

  @Test
  void anOrderThatFailedStopsNoOther() throws Exception {
    DeleteOrder failing = add("st-1", "a", 30);
    DeleteOrder other = add("st-1", "b", 30);
    List<PendingDelete> inFlight = send().batch();

    pool.fail(failing, new OutOfTimeException());
    pool.answered(inFlight, Set.of(), now);
    for (Turn turn = next(); turn instanceof Send(List<PendingDelete> batch, _, _); turn = next()) {
      assertThat(conversationsOf(batch)).containsExactly("b");
      pool.answered(batch, Set.of(), now);
    }

    assertThat(failing.hasEndedWithin(NO_TIME)).isTrue();
    assertThatThrownBy(failing::result).isInstanceOf(OutOfTimeException.class);
    assertThat(other.hasEndedWithin(NO_TIME)).isTrue();
    assertThat(other.result()).isEmpty();
  }

  @Test
  void anOrderThatFailedEndsOnceNothingOfItIsInFlight() throws InterruptedException {
    DeleteOrder failing = add("st-1", "a", 30);
    List<PendingDelete> inFlight = send().batch();

    pool.fail(failing, new OutOfTimeException());
    assertThat(failing.hasEndedWithin(NO_TIME)).as("a request is in flight").isFalse();
    pool.answered(inFlight, recordsOf(inFlight), now);
    assertThat(failing.hasEndedWithin(NO_TIME)).isTrue();

    assertThatThrownBy(failing::result).isInstanceOf(OutOfTimeException.class);
    assertThat(next()).as("nothing of it is sent again").isInstanceOf(Rest.class);
  }

  @Test
  void givesUpOnWhatNoAttemptDeletes() throws Exception {
    DeleteOrder order = add("st-1", "a", 1);
    for (int attempt = 0; attempt < 3; attempt++) {
      List<PendingDelete> batch = send().batch();
      pool.answered(batch, recordsOf(batch), now);
      now += BACKOFF.toNanos();
    }

    assertThat(order.hasEndedWithin(NO_TIME)).isTrue();
    assertThat(order.result()).hasSize(1);
    assertThat(next()).isInstanceOf(Rest.class);
  }

  private DeleteOrder add(String bot, String conversation, int records) {
    DeleteOrder order = new DeleteOrder(right(), records);
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
    int sent = 0;
    List<Send> sends = new ArrayList<>();
    Turn turn = next();
    for (; turn instanceof Send send; turn = next()) {
      sends.add(send);
      sent += send.batch().size();
    }
    if (turn instanceof Wait) {
      pool.waited();
    }
    sends.forEach(send -> pool.answered(send.batch(), Set.of(), now));
    return sent;
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
