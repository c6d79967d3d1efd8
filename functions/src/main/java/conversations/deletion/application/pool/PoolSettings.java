package conversations.deletion.application.pool;

import java.time.Duration;

/**
 * How records are deleted.
 *
 * @param maxSenders the most requests in flight, from 1
 * @param maxWriteUnits the most write units a second; 0: as many as the table takes
 * @param keepAliveInterval how often a caller that waits renews its right to delete
 */
public record PoolSettings(int maxSenders, double maxWriteUnits, Duration keepAliveInterval) {

  /**
   * @throws IllegalArgumentException if nothing could ever be sent
   */
  public PoolSettings {
    if (maxSenders < 1 || !(maxWriteUnits >= 0)) {
      throw new IllegalArgumentException(
          "a pool needs at least one sender, and no negative number of write units");
    }
  }
}
