package conversations.deletion.application.pool;

import java.time.Duration;

/**
 * How fast records are deleted from a table: as fast as the table takes them, a rate that it does
 * not tell.
 *
 * <p>The rate doubles every tenth of a second until the table throttles. Then it falls to the rate
 * that the table was seen to take, climbs back and stays near it. Only then does it search for a
 * higher one. The curve is the cubic one of RFC 9438, on a rate rather than a window. So most of
 * what the table allows is used, and few requests are throttled. A rate that is not in use does not
 * grow.
 *
 * <p>Safe for use by several threads.
 */
final class DeletePace {

  /** What a new table takes at once (DynamoDB, on-demand capacity), in records a second. */
  private static final double FIRST_RATE = 4_000;

  /** What a single partition takes. Throttling at a lower rate tells nothing about the table. */
  private static final double LOWEST_RATE = 1_000;

  private static final double FIRST_GROWTH = 2;
  private static final double LATER_GROWTH = 1.05;
  private static final double DECREASE = 0.97;

  private static final long ROUND_NANOS = Duration.ofMillis(100).toNanos();

  /** For this long after a change, answers may be to requests sent before it. */
  private static final long SETTLE_NANOS = Duration.ofMillis(30).toNanos();

  private static final int ENOUGH_ANSWERED = 500;

  /**
   * If a rate is only just too high, the table refuses, for a moment, a little more than the
   * excess.
   */
  private static final double ALMOST_ALL = 0.8;

  private static final double CLIMB_NANOS = Duration.ofMillis(1_600).toNanos();

  /** Senders come late at times. They may catch up on what they did not use for this long. */
  private static final long SLACK_NANOS = Duration.ofMillis(10).toNanos();

  private enum Phase {
    FIRST_SEARCH,
    /** The rate is too high: the share that the table takes tells by how much. */
    MEASURE,
    CLIMB,
    LATER_SEARCH
  }

  private Phase phase = Phase.FIRST_SEARCH;
  private double rate = FIRST_RATE;
  private double goal;
  private boolean isInUse;
  private int taken;
  private int answered;
  private long changedAt;
  private long roundBegan;
  private long nextFree;

  /**
   * @param now the monotonic clock, in nanoseconds
   */
  DeletePace(long now) {
    this.roundBegan = now;
    this.nextFree = now;
    this.changedAt = now - SETTLE_NANOS;
  }

  /**
   * Takes a place for this many records.
   *
   * @param now the monotonic clock, in nanoseconds
   * @return how long to wait before they are sent
   */
  synchronized Duration reserve(int records, long now) {
    if (now - roundBegan >= ROUND_NANOS) {
      roundBegan = now;
      beginRound(now);
    }
    long from = Math.max(nextFree, now - SLACK_NANOS);
    nextFree = from + (long) (records * 1e9 / rate);
    isInUse |= from > now;
    return Duration.ofNanos(Math.max(0, from - now));
  }

  private void beginRound(long now) {
    if (isInUse) {
      grow(now);
    } else {
      // Time in which the rate is not fully used does not show that the rate is too low.
      changedAt = Math.max(changedAt, now - (long) CLIMB_NANOS);
    }
    isInUse = false;
  }

  private void grow(long now) {
    switch (phase) {
      case FIRST_SEARCH -> rate *= FIRST_GROWTH;
      case MEASURE -> {}
      case LATER_SEARCH -> rate *= LATER_GROWTH;
      case CLIMB -> {
        double way = (now - changedAt) / CLIMB_NANOS - 1;
        if (way > 1) {
          phase = Phase.LATER_SEARCH;
        } else {
          rate = Math.max(rate, goal * (1 + (1 - DECREASE) * way * way * way));
        }
      }
    }
  }

  /**
   * The table has answered a request.
   *
   * @param nowTaken how many of its records it took
   * @param refused how many it did not take
   */
  synchronized void answered(int nowTaken, int refused, long now) {
    if (phase != Phase.MEASURE && refused > 0 && now - changedAt >= SETTLE_NANOS) {
      phase = Phase.MEASURE;
      goal = rate;
      rate = Math.max(LOWEST_RATE, rate * DECREASE);
      taken = 0;
      answered = 0;
    }
    if (phase == Phase.MEASURE) {
      taken += nowTaken;
      answered += nowTaken + refused;
      if (answered >= ENOUGH_ANSWERED) {
        double share = (double) taken / answered;
        climbTo(share < ALMOST_ALL ? goal * share : goal, now);
      }
    }
  }

  private void climbTo(double newGoal, long now) {
    goal = Math.max(LOWEST_RATE, newGoal);
    rate = Math.max(LOWEST_RATE, goal * DECREASE);
    phase = Phase.CLIMB;
    changedAt = now;
  }
}
