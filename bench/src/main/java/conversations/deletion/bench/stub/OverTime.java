package conversations.deletion.bench.stub;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Sums for each step of time since the stub was made. Safe for use by several threads. */
final class OverTime {

  private static final int FIRST_STEPS = 64;

  /** Not a monitor: see {@link SimulatedTime}. */
  private final ReentrantLock lock = new ReentrantLock();

  private final long stepNanos;
  private long[] sums = new long[FIRST_STEPS];
  private int steps;

  OverTime(Duration step) {
    this.stepNanos = step.toNanos();
  }

  /**
   * @param at the time since the stub was made, in nanoseconds
   */
  void add(long amount, long at) {
    int step = (int) (at / stepNanos);
    lock.lock();
    try {
      if (step >= sums.length) {
        sums = Arrays.copyOf(sums, Math.max(step + 1, sums.length * 3 / 2));
      }
      sums[step] += amount;
      steps = Math.max(steps, step + 1);
    } finally {
      lock.unlock();
    }
  }

  /** The sum of each step, up to the last one that has any. */
  List<Long> sums() {
    lock.lock();
    try {
      return Arrays.stream(sums, 0, steps).boxed().toList();
    } finally {
      lock.unlock();
    }
  }

  /** The bytes of memory that it takes. */
  long bytes() {
    lock.lock();
    try {
      return (long) sums.length * Long.BYTES;
    } finally {
      lock.unlock();
    }
  }
}
