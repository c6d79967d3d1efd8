package conversations.deletion.bench.stub;

/**
 * Write units that become available at a rate, and are saved up to a depth. It begins full. Not
 * safe for use by several threads.
 */
final class TokenBucket {

  private static final double NANOS = 1e9;

  private double rate;
  private double depth;
  private double units;
  private long filledAt;

  TokenBucket(int unitsPerSecond, double depthSeconds, long now) {
    this.rate = unitsPerSecond;
    this.depth = unitsPerSecond * depthSeconds;
    this.units = depth;
    this.filledAt = now;
  }

  /**
   * Changes its rate from now on. What was saved up stays, as far as the new depth has room for it.
   */
  void changeTo(int unitsPerSecond, double depthSeconds, long now) {
    fill(now);
    this.rate = unitsPerSecond;
    this.depth = unitsPerSecond * depthSeconds;
    this.units = Math.min(depth, units);
  }

  /** Tells whether so many can be taken. For more than its depth it has to be full. */
  boolean has(int wanted, long now) {
    fill(now);
    return rate > 0 && units >= Math.min(wanted, depth);
  }

  void take(int wanted) {
    units -= wanted;
  }

  void empty(long now) {
    fill(now);
    this.units = Math.min(0, units);
  }

  private void fill(long now) {
    units = Math.min(depth, units + (now - filledAt) * rate / NANOS);
    filledAt = now;
  }
}
