package conversations.deletion.application.offpeak;

import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time that one run has: until the off-peak window closes or the function's own time is up,
 * whichever comes first.
 *
 * <p>Both are watched by the monotonic clock from the run's start on, and the window by the wall
 * clock as well, so a clock that is set back gives no extra time and one that is set forward ends
 * the run at once.
 */
final class RunTime {

  private final OffPeakWindow window;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Instant start;
  private final long startNanos;
  private final long endNanos;

  /**
   * Starts now.
   *
   * @param nanoTime the monotonic clock, in nanoseconds
   * @param functionTime what is left of the function's own time
   */
  RunTime(OffPeakWindow window, InstantSource clock, LongSupplier nanoTime, Duration functionTime) {
    this.window = window;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.start = clock.instant();
    this.startNanos = nanoTime.getAsLong();
    this.endNanos = startNanos + shorter(functionTime, untilClosing()).toNanos();
  }

  /**
   * The moment by the wall clock, as far as that was not set back since the run's start: what is
   * promised to hold until then must not end early.
   */
  Instant now() {
    Instant atLeast = start.plusNanos(nanoTime.getAsLong() - startNanos);
    Instant now = clock.instant();
    return now.isAfter(atLeast) ? now : atLeast;
  }

  /** How much of it is left; zero or less once it is up. */
  Duration left() {
    return shorter(Duration.ofNanos(endNanos - nanoTime.getAsLong()), untilClosing());
  }

  private Duration untilClosing() {
    Instant now = clock.instant();
    if (!window.isOpenAt(now)) {
      return Duration.ZERO;
    }
    return Duration.between(now, window.nextClosing(now));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
