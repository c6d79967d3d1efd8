package conversations.deletion.bench.stub;

import java.time.Duration;

/** The time that the stub and the engine share. */
public interface TimeSource {

  /** The time of this machine. */
  TimeSource REAL =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** A monotonic clock, in nanoseconds. */
  long nanoTime();

  void sleep(Duration duration) throws InterruptedException;
}
