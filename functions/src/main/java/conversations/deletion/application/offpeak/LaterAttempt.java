package conversations.deletion.application.offpeak;

import java.time.Duration;

/** When something that failed is tried again by a later run. */
final class LaterAttempt {

  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final int LAST_DOUBLING = 10;

  private LaterAttempt() {}

  /**
   * A minute after the first failed attempt, twice as long after each further one, up to an hour.
   */
  static Duration delayAfter(int attempts) {
    Duration doubling = Duration.ofMinutes(1L << Math.clamp(attempts - 1, 0, LAST_DOUBLING));
    return doubling.compareTo(LONGEST_DELAY) < 0 ? doubling : LONGEST_DELAY;
  }
}
