package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletePaceTest {

  private static final int BATCH = 25;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Duration ROUND_TRIP = Duration.ofMillis(5);

  private final DeletePace pace = new DeletePace(0);
  private long now;

  @ParameterizedTest
  @ValueSource(ints = {4_000, 10_000, 40_000})
  void usesAlmostAllThatTheTableTakesAndIsSeldomThrottled(int limit) {
    Table table = new Table(limit);

    send(table, 60);

    assertThat(table.taken / (limit * 60.0)).as("share used").isGreaterThan(0.95);
    assertThat((double) table.throttled / table.requests).as("share throttled").isLessThan(0.01);
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
    for (int i = 0; i < 600; i++) {
      pace.reserve(BATCH, now);
      now += SECOND / 10;
    }

    long delay = 0;
    for (int i = 0; i < 5_000 / BATCH; i++) {
      delay = Math.max(delay, pace.reserve(BATCH, now).toNanos());
    }
    assertThat(delay).as("5,000 records take more than a second").isGreaterThan(SECOND);
  }

  /** One sender after another, each as soon as the pace allows. */
  private void send(Table table, int seconds) {
    long end = now + seconds * SECOND;
    while (now < end) {
      now += pace.reserve(BATCH, now).toNanos();
      boolean isTaken = table.takes(BATCH, now);
      pace.answered(isTaken ? BATCH : 0, isTaken ? 0 : BATCH, now + ROUND_TRIP.toNanos());
    }
  }

  /** A table that takes this many records a second, and a tenth of a second's worth at once. */
  private static final class Table {

    private final double limit;
    private double tokens;
    private long refilledAt;
    private long taken;
    private int requests;
    private int throttled;

    Table(double limit) {
      this.limit = limit;
      this.tokens = limit / 10;
    }

    boolean takes(int records, long now) {
      tokens = Math.min(limit / 10, tokens + (now - refilledAt) * limit / SECOND);
      refilledAt = now;
      requests++;
      if (tokens < records) {
        throttled++;
        return false;
      }
      tokens -= records;
      taken += records;
      return true;
    }
  }
}
