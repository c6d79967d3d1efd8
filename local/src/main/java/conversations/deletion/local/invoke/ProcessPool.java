package conversations.deletion.local.invoke;

import conversations.deletion.local.template.FunctionDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The processes of one function. Thread-safe. */
final class ProcessPool {

  /** Starts a process of the function. */
  @FunctionalInterface
  interface Starter {
    FunctionProcess start(FunctionDefinition function) throws IOException;
  }

  private final Starter starter;
  private final Semaphore places;
  private final Deque<FunctionProcess> idle = new ArrayDeque<>();
  private final Set<FunctionProcess> busy = new HashSet<>();
  private boolean closed;

  /**
   * @param most the maximum number of processes at a time
   */
  ProcessPool(Starter starter, int most) {
    this.starter = starter;
    this.places = new Semaphore(most);
  }

  /**
   * Lets a process handle an event: the one that was idle for the shortest time, or a new one.
   *
   * @throws IOException if no process can be started
   */
  InvocationResult invoke(FunctionDefinition function, byte[] event, Supplier<Instant> deadline)
      throws IOException, InterruptedException {
    Duration limit = Duration.between(Instant.now(), deadline.get());
    if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return InvocationResult.FunctionError.timedOut(limit);
    }
    try {
      FunctionProcess process = take(function);
      try {
        return process.invoke(event, deadline);
      } finally {
        giveBack(process);
      }
    } finally {
      places.release();
    }
  }

  /** Ends the processes that have been idle since this moment. */
  void endIdle(Instant since) {
    for (FunctionProcess process : removeIdle(candidate -> !candidate.idleSince().isAfter(since))) {
      process.end();
    }
  }

  /** Ends all processes, even those that handle an event. */
  synchronized void close() {
    closed = true;
    idle.forEach(FunctionProcess::end);
    busy.forEach(FunctionProcess::end);
  }

  private FunctionProcess take(FunctionDefinition function) throws IOException {
    Optional<FunctionProcess> process = warm();
    return process.isPresent() ? process.get() : added(starter.start(function));
  }

  private synchronized Optional<FunctionProcess> warm() {
    while (!idle.isEmpty()) {
      FunctionProcess process = idle.removeFirst();
      if (process.isUsable()) {
        busy.add(process);
        return Optional.of(process);
      }
    }
    return Optional.empty();
  }

  private synchronized FunctionProcess added(FunctionProcess process) {
    busy.add(process);
    if (closed) {
      process.end();
    }
    return process;
  }

  private synchronized void giveBack(FunctionProcess process) {
    busy.remove(process);
    if (process.isUsable() && !closed) {
      idle.addFirst(process);
    }
  }

  private synchronized List<FunctionProcess> removeIdle(Predicate<FunctionProcess> which) {
    List<FunctionProcess> removed = idle.stream().filter(which).toList();
    idle.removeAll(removed);
    return removed;
  }
}
