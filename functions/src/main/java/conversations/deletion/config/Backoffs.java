package conversations.deletion.config;

import java.time.Duration;
import java.util.function.IntFunction;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** How long to wait between attempts, by the SDK's strategies. */
final class Backoffs {

  private Backoffs() {}

  /**
   * How long to wait after the n-th failed attempt, n from 1. The SDK counts the first attempt,
   * before which nobody waits, as 1.
   */
  static IntFunction<Duration> afterAttempt(BackoffStrategy backoff) {
    return failedAttempts -> backoff.computeDelay(failedAttempts + 1);
  }
}
