package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final int BATCH = 25;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long ROUND_TRIP = Duration.ofMillis(5).toNanos();

  private final Pace pace = Pace.ofTable(0, 0);
  private long now;

  @ParameterizedTest
  @ValueSource(ints = {400, 4_000, 10_000, 40_000})
  void usesAlmostAllThatTheTableTakesAndIsSeldomRefused(int limit) {
    Table table = new Table(limit);

    send(table, 60);

    assertThat(table.taken / (limit * 60.0)).as("share used").isGreaterThan(0.9);
    assertThat(table.refused / (double) table.taken).as("asked for in vain").isLessThan(0.03);
  }

  @Test
  void findsItsWayWhenTheTableTakesMoreOrLess() {
    send(new Table(40_000), 10);
    Table slower = new Table(10_000);
    send(slower, 30);
    Table faster = new Table(40_000);
    send(faster, 30);

    assertThat(slower.taken / (10_000 * 30.0)).as("slower").isGreaterThan(0.9);
    assertThat(faster.taken / (40_000 * 30.0)).as("faster").isGreaterThan(0.8);
  }

  @Test
  void doesNotGrowWhileNobodyMakesUseOfIt() {
    double before = pace.rate();

    for (int i = 0; i < 600; i++) {
      pace.sent(BATCH, now);
      pace.answered(BATCH, 0, BATCH, now, now + ROUND_TRIP);
      now += SECOND / 10;
    }

    assertThat(pace.rate()).isEqualTo(before);
  }

  @Test
  void whatWasPackedBeforeTheLastFallIsNoReasonForAnother() {
    pace.answered(BATCH, BATCH, BATCH, 0, ROUND_TRIP);
    pace.answered(BATCH, BATCH, BATCH, ROUND_TRIP, 2 * ROUND_TRIP);
    double fallen = pace.rate();

    pace.answered(BATCH, BATCH, BATCH, -1, 3 * ROUND_TRIP);

    assertThat(pace.rate()).isEqualTo(fallen);
  }

  @Test
  void doesNotSinkForeverIfAsMuchIsRefusedAtAnyRate() {
    double before = pace.rate();

    for (int i = 0; i < 10_000; i++) {
      now = pace.readyAt(now);
      pace.sent(BATCH, now);
      pace.answered(BATCH, 3, BATCH, now, now + ROUND_TRIP);
    }

    assertThat(pace.rate()).isGreaterThan(before / 5);
  }

  @Test
  void asksForARecordEveryFewSecondsWhileNothingIsTaken() {
    for (int i = 0; i < 100; i++) {
      now = pace.readyAt(now);
      pace.sent(1, now);
      pace.answered(1, 1, 1, now, now + ROUND_TRIP);
    }

    long from = now;
    now = pace.readyAt(now);
    assertThat(now - from).isBetween(SECOND, 6 * SECOND);
  }

  @Test
  void aRequestAsksForNoMoreThanIsTakenInASecond() {
    for (int i = 0; i < 100; i++) {
      now = pace.readyAt(now);
      pace.sent(BATCH, now);
      pace.answered(BATCH, BATCH - 1, BATCH, now, now + ROUND_TRIP);

      assertThat(pace.requestUnits()).isLessThanOrEqualTo(pace.rate());
    }
  }

  /** One request after another, each as soon as the pace allows, with answers that take a while. */
  private void send(Table table, int seconds) {
    Deque<Answer> inFlight = new ArrayDeque<>();
    long end = now + seconds * SECOND;
    while (now < end) {
      long next = pace.readyAt(now);
      if (!inFlight.isEmpty() && inFlight.peek().at() <= next) {
        Answer answer = inFlight.remove();
        now = Math.max(now, answer.at());
        pace.answered(BATCH, answer.refused(), BATCH, answer.at() - ROUND_TRIP, answer.at());
      } else {
        now = next;
        pace.sent(BATCH, now);
        inFlight.add(new Answer(now + ROUND_TRIP, table.refuses(BATCH, now)));
      }
    }
  }

  /** How many records of a request were refused, and when its sender knows it. */
  private record Answer(long at, int refused) {}

  /** A table that takes this many units a second, and a tenth of a second's worth at once. */
  private static final class Table {

    private final double limit;
    private double tokens;
    private long refilledAt;
    private long taken;
    private long refused;

    Table(double limit) {
      this.limit = limit;
      this.tokens = limit / 10;
    }

    int refuses(int records, long now) {
      tokens = Math.min(limit / 10, tokens + (now - refilledAt) * limit / SECOND);
      refilledAt = now;
      int taking = (int) Math.min(records, tokens);
      tokens -= taking;
      taken += taking;
      refused += records - taking;
      return records - taking;
    }
  }
}
