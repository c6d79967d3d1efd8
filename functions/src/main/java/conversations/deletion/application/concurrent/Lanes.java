package conversations.deletion.application.concurrent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs tasks in parallel on virtual threads, at most as many at a time as there are lanes. With a
 * single lane, a task runs at once in the calling thread. There are no more threads than lanes: a
 * thread serves one task after another.
 *
 * <p>No task outlives {@link #join} or {@link #close}. Only one thread may bring tasks.
 */
public final class Lanes implements AutoCloseable {

  private final int count;
  private final Semaphore free;
  private final ExecutorService threads;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  public Lanes(int count) {
    this.count = count;
    this.free = new Semaphore(count);
    // Not a thread for each task: the SDK keeps in a thread what takes long to make.
    this.threads = Executors.newFixedThreadPool(count, Thread.ofVirtual().factory());
  }

  /**
   * Starts a task as soon as a lane is free.
   *
   * @throws RuntimeException the first exception of an earlier task; no further task is started
   *     then
   */
  public void run(Runnable task) {
    if (count == 1) {
      task.run();
      return;
    }
    acquire(1);
    threads.execute(
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          } finally {
            free.release();
          }
        });
  }

  /**
   * Returns when a lane is free.
   *
   * @throws RuntimeException the first exception of a task
   */
  public void awaitFree() {
    acquire(1);
    free.release();
  }

  /**
   * Returns when all tasks have ended.
   *
   * @throws RuntimeException the first exception of a task
   */
  public void join() {
    acquire(count);
    free.release(count);
  }

  private void acquire(int lanes) {
    try {
      free.acquire(lanes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutOfTimeException(e);
    }
    if (failure.get() != null) {
      free.release(lanes);
      throw Thrown.again(failure.get());
    }
  }

  /** Returns when all tasks have ended, whether they succeeded or failed. */
  @Override
  public void close() {
    threads.close();
  }
}
