package conversations.deletion.local.engine;

import conversations.deletion.application.concurrent.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The wall clock, the monotonic clock and the pauses of a run. Only the test moves them. */
final class TestTime implements InstantSource, LongSupplier, Pause {

  private Instant now;
  private long nanos;

  TestTime(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized long getAsLong() {
    return nanos;
  }

  @Override
  public void of(Duration duration) {
    advance(duration);
  }

  synchronized void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  synchronized void advanceTo(Instant moment) {
    if (moment.isAfter(now)) {
      advance(Duration.between(now, moment));
    }
  }

  /**
   * Moves the wall clock and leaves the monotonic one alone, as an adjustment of the clock does.
   */
  synchronized void setWallClock(Instant moment) {
    now = moment;
  }
}
