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
   * @param burstSeconds for how long the table saves up what is not used. It begins with as much,
   *     as a table does that has rested
   */
  public record WriteLimits(int partition, int table, double burstSeconds) {

    /**
     * How long a partition saves up. DynamoDB lets more be saved up, but no plan may count on that.
     */
    static final double PARTITION_BURST_SECONDS = 0.1;

    private static final int PARTITION = 1_000;

    /** The limits that DynamoDB gives a partition and, by default, a table on demand. */
    public static final WriteLimits PUBLISHED =
        new WriteLimits(PARTITION, 40_000, PARTITION_BURST_SECONDS);

    /** How long DynamoDB saves up what is provisioned for a table. */
    public static final double PROVISIONED_BURST_SECONDS = 300;

    /**
     * The limits of a table for which so many units a second are provisioned, with as much saved up
     * as DynamoDB ever saves up. Only partitions bound how fast that can be taken.
     */
    public static WriteLimits provisioned(int units) {
      return new WriteLimits(PARTITION, units, PROVISIONED_BURST_SECONDS);
    }
  }
}
