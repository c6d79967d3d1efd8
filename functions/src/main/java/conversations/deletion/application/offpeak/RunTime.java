package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.domain.OffPeakWindow;
import java.time.Duration;
import java.time.Instant;

/**
 * The time that one run has: until the off-peak window closes or the function's own time is up,
 * whichever comes first.
 *
 * <p>The monotonic clock watches both from the run's start on, and the wall clock watches the
 * window as well. So a wall clock that is set back gives no extra time. One that is set forward
 * ends the run at once.
 */
final class RunTime {

  private final OffPeakWindow window;
  private final Clocks clocks;
  private final Instant start;
  private final long startNanos;
  private final long functionEndNanos;
  private final long endNanos;

  /**
   * Starts now.
   *
   * @param functionTime what is left of the function's own time
   */
  RunTime(OffPeakWindow window, Clocks clocks, Duration functionTime) {
    this.window = window;
    this.clocks = clocks;
    this.start = clocks.now();
    this.startNanos = clocks.nanos();
    this.functionEndNanos = startNanos + functionTime.toNanos();
    this.endNanos = startNanos + shorter(functionTime, untilClosing()).toNanos();
  }

  /**
   * The moment by the wall clock, or a later one if that clock was set back since the run's start.
   * So nothing that is promised to hold until some moment ends early.
   */
  Instant now() {
    Instant atLeast = start.plusNanos(nanos() - startNanos);
    Instant now = clocks.now();
    return now.isAfter(atLeast) ? now : atLeast;
  }

  /**
   * Tells whether a moment is reached, by the wall clock and also by the time that has passed since
   * the run's start. So a clock that is set back undoes what it had said too early.
   */
  boolean isReached(Instant moment) {
    Instant elapsed = start.plusNanos(nanos() - startNanos);
    return !clocks.now().isBefore(moment) && !elapsed.isBefore(moment);
  }

  /** The moment by the monotonic clock, in nanoseconds. */
  long nanos() {
    return clocks.nanos();
  }

  /** The clocks that it goes by. */
  Clocks clocks() {
    return clocks;
  }

  /** How much time is left; zero or less once it is up. */
  Duration left() {
    return shorter(Duration.ofNanos(endNanos - nanos()), untilClosing());
  }

  /** How much of the function's own time is left, for what need not happen in the window. */
  Duration functionLeft() {
    return Duration.ofNanos(functionEndNanos - nanos());
  }

  private Duration untilClosing() {
    Instant now = clocks.now();
    if (!window.isOpenAt(now)) {
      return Duration.ZERO;
    }
    return Duration.between(now, window.nextClosing(now));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
