package conversations.deletion.bench.stub;

/**
 * Write units that become available at a constant rate; those of the last tenth of a second can be
 * saved up. DynamoDB lets more be saved up, but no plan may count on that. Not safe for use by
 * several threads.
 */
final class TokenBucket {

  private static final double DEPTH_SECONDS = 0.1;
  private static final double NANOS = 1e9;

  private final double rate;
  private double units;
  private long filledAt;

  TokenBucket(int unitsPerSecond, long now) {
    this.rate = unitsPerSecond;
    this.units = unitsPerSecond * DEPTH_SECONDS;
    this.filledAt = now;
  }

  boolean has(int wanted, long now) {
    units = Math.min(rate * DEPTH_SECONDS, units + (now - filledAt) * rate / NANOS);
    filledAt = now;
    return units >= Math.min(wanted, rate * DEPTH_SECONDS);
  }

  void take(int wanted) {
    units -= wanted;
  }
}
