package conversations.deletion.application.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of this machine, and a way to wait.
 *
 * <p>The wall clock tells the time of day, and may be set forward or back. The monotonic clock
 * tells how much time has passed, and nothing else. Safe for use by several threads.
 *
 * @param wall the wall clock
 * @param monotonic the monotonic clock, in nanoseconds
 * @param pause lets time pass
 */
public record Clocks(InstantSource wall, LongSupplier monotonic, Pause pause) {

  /** The clocks of the Java platform. */
  public static Clocks ofSystem() {
    return new Clocks(InstantSource.system(), System::nanoTime, Thread::sleep);
  }

  /** The moment by the wall clock. */
  public Instant now() {
    return wall.instant();
  }

  /** The moment by the monotonic clock, in nanoseconds. */
  public long nanos() {
    return monotonic.getAsLong();
  }

  /**
   * Returns when this much time has passed.
   *
   * @throws OutOfTimeException if the thread is interrupted meanwhile
   */
  public void pauseOrStop(Duration duration) {
    try {
      pause(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutOfTimeException(e);
    }
  }

  /**
   * Returns when this much time has passed.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void pause(Duration duration) throws InterruptedException {
    pause.of(duration);
  }
}
