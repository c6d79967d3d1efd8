package conversations.deletion.bench.stub;

import java.time.Duration;
import java.util.Optional;

/**
 * How the stub answers.
 *
 * @param latency how long every request takes
 * @param limits how much may be deleted in a second
 * @param unprocessed the share of deletes, chosen at random, that is left unprocessed
 */
public record Behaviour(Duration latency, Optional<WriteLimits> limits, double unprocessed) {

  /** Answers at once and refuses nothing. */
  public static Behaviour atOnce() {
    return new Behaviour(Duration.ZERO, Optional.empty(), 0);
  }

  public Behaviour withLatency(Duration duration) {
    return new Behaviour(duration, limits, unprocessed);
  }

  public Behaviour withLimits(WriteLimits newLimits) {
    return new Behaviour(latency, Optional.of(newLimits), unprocessed);
  }

  public Behaviour withUnprocessed(double share) {
    return new Behaviour(latency, limits, share);
  }

  /**
   * Write units a second.
   *
   * @param partition for one partition key of the table or of its index
   * @param table for all partition keys together
   */
  public record WriteLimits(int partition, int table) {

    /** The limits that DynamoDB gives a partition and, by default, a table. */
    public static final WriteLimits PUBLISHED = new WriteLimits(1_000, 40_000);
  }
}
