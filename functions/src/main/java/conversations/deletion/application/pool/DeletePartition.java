package conversations.deletion.application.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The records of one partition that wait to be deleted, and how fast the partition takes deletes:
 * at most a thousand write units a second (<a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html">AWS</a>).
 * Guarded by the pool's lock.
 */
final class DeletePartition {

  private static final double HIGHEST_RATE = 990;
  private static final double LOWEST_RATE = 50;
  private static final double INCREASE = 1;
  private static final long BURST_NANOS = Duration.ofMillis(100).toNanos();

  private final Deque<PendingDelete> waiting = new ArrayDeque<>();
  private double rate = HIGHEST_RATE;
  private long nextFree;
  private long notBefore;

  DeletePartition(long now) {
    this.nextFree = now;
    this.notBefore = now;
  }

  void add(PendingDelete pending) {
    waiting.addLast(pending);
  }

  PendingDelete take() {
    return waiting.removeFirst();
  }

  /** Drops the waiting records of orders that have failed. */
  void dropFailed() {
    waiting.removeIf(one -> one.order().hasFailed());
  }

  void forEach(Consumer<PendingDelete> consumer) {
    waiting.forEach(consumer);
  }

  int size() {
    return waiting.size();
  }

  /** When the partition takes this many records, by the monotonic clock. */
  long readyAt(int records, long now) {
    // A request that is too large to save up for goes as soon as no time is owed.
    long saved = Math.max(BURST_NANOS - nanosFor(records), 0);
    return Math.max(Math.max(notBefore, nextFree - saved), now);
  }

  void sent(int records, long now) {
    nextFree = Math.max(nextFree, now) + nanosFor(records);
  }

  /** The partition took this many records. */
  void took(long records) {
    rate = Math.min(HIGHEST_RATE, rate + records * INCREASE);
  }

  /**
   * The partition refused some of a request.
   *
   * @param share above 0, 1 for all of it
   */
  void refused(double share) {
    rate = Math.max(LOWEST_RATE, rate * (1 - share / 2));
  }

  /** The partition takes nothing for a while. */
  void holdBack(Duration backoff, long now) {
    notBefore = Math.max(notBefore, now + backoff.toNanos());
  }

  /** Tells whether a new partition in its place would behave the same. */
  boolean isIdle(long now) {
    return waiting.isEmpty() && nextFree <= now && notBefore <= now && rate == HIGHEST_RATE;
  }

  private long nanosFor(int records) {
    return (long) (records * 1e9 / rate);
  }
}
