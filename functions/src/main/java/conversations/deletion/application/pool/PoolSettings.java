package conversations.deletion.application.pool;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How records are deleted.
 *
 * @param maxSenders the most requests in flight, from 1
 * @param maxAttempts how often a record is sent before it is given up, from 1
 * @param backoff how long to wait after a record's n-th failed attempt, n from 1
 * @param keepAliveInterval how often a caller that waits renews its right to delete
 */
public record PoolSettings(
    int maxSenders, int maxAttempts, IntFunction<Duration> backoff, Duration keepAliveInterval) {

  /**
   * @throws IllegalArgumentException if nothing could ever be sent
   */
  public PoolSettings {
    if (maxSenders < 1 || maxAttempts < 1) {
      throw new IllegalArgumentException("a pool needs at least one sender and one attempt");
    }
  }
}
