package conversations.deletion.bench.stub;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Time that passes only while every thread waits for it, so computing takes none. All threads that
 * use it must be virtual, because the JVM tells whether any virtual thread is at work. Code that
 * contends for a monitor may see the clock move on while the JVM passes the monitor on.
 */
public final class SimulatedTime implements TimeSource {

  private static final VirtualThreadSchedulerMXBean SCHEDULER =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

  /** A thread that goes from waiting in line to being at work may briefly be seen as neither. */
  private static final int LOOKS = 4;

  private static final long BETWEEN_LOOKS_NANOS = 10_000;

  /**
   * Not a monitor. The JVM passes a contended monitor on by a platform thread of its own. Until
   * that thread has run, the next virtual thread counts neither as at work nor as waiting in line,
   * and the clock would move on without it.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>();
  private volatile long now = 1;
  private long order;

  private static final class Sleeper implements Comparable<Sleeper> {

    private final long until;
    private final long order;
    private final Thread thread = Thread.currentThread();
    private volatile boolean isAwake;

    Sleeper(long until, long order) {
      this.until = until;
      this.order = order;
    }

    @Override
    public int compareTo(Sleeper other) {
      return until == other.until
          ? Long.compare(order, other.order)
          : Long.compare(until, other.until);
    }
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Sleeper self;
    lock.lock();
    try {
      self = new Sleeper(now + duration.toNanos(), order++);
      sleepers.add(self);
    } finally {
      lock.unlock();
    }
    while (!self.isAwake) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** Runs a task in simulated time, and returns its result. */
  public <T> T run(Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(task.get());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    while (!result.isDone()) {
      if (isQuiet()) {
        advance();
      } else {
        LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      }
    }
    return result.join();
  }

  private static boolean isQuiet() {
    for (int look = 0; look < LOOKS; look++) {
      if (SCHEDULER.getMountedVirtualThreadCount() > 0
          || SCHEDULER.getQueuedVirtualThreadCount() > 0) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private void advance() {
    List<Sleeper> woken = new ArrayList<>();
    lock.lock();
    try {
      if (sleepers.isEmpty()) {
        return;
      }
      now = Math.max(now, sleepers.peek().until);
      while (!sleepers.isEmpty() && sleepers.peek().until <= now) {
        woken.add(sleepers.poll());
      }
    } finally {
      lock.unlock();
    }
    for (Sleeper one : woken) {
      one.isAwake = true;
      LockSupport.unpark(one.thread);
    }
  }
}
