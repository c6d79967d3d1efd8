package conversations.deletion.application.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Makes blocking calls in parallel, on virtual threads. No call outlives the method that started
 * it. A single call needs no thread of its own.
 */
public final class Parallel {

  private Parallel() {}

  /** Applies a function to each input, to at most {@code atOnce} of them at a time. */
  public static <T, R> List<R> map(List<T> inputs, int atOnce, Function<T, R> function) {
    if (atOnce == 1 || inputs.size() == 1) {
      return inputs.stream().map(function).toList();
    }
    Semaphore places = new Semaphore(atOnce);
    List<Callable<R>> tasks = new ArrayList<>();
    for (T input : inputs) {
      tasks.add(
          () -> {
            places.acquire();
            try {
              return function.apply(input);
            } finally {
              places.release();
            }
          });
    }
    return inOrder(tasks);
  }

  /** Runs a task that often waits for other threads. To wake a virtual thread costs them less. */
  public static void onVirtualThread(Runnable task) {
    inOrder(List.of(Executors.callable(task)));
  }

  private static <R> List<R> inOrder(List<Callable<R>> tasks) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<R> results = new ArrayList<>();
      for (Future<R> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutOfTimeException(e);
    } catch (ExecutionException e) {
      throw Thrown.again(e.getCause());
    }
  }
}
