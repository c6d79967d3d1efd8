package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.Pause;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.Figures;
import conversations.deletion.application.offpeak.HeldLease;
import conversations.deletion.application.pool.DeletePool.Turn;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.Metric;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Deletes records in full batches.
 *
 * <p>Records of all conversations and jobs share one pool, from which every request takes as many
 * as it can hold; what a request left unprocessed goes back into the pool and is packed anew,
 * rather than sent again as the remainder of its batch. That keeps the number of requests close to
 * the least possible.
 *
 * <p>Invariant: no request leaves that could outlast the lease of any job that has a record in it.
 *
 * <p>Safe for use by several threads.
 */
public final class RecordDeleter {

  private final ConversationRecords records;
  private final Pause pause;
  private final LongSupplier nanoTime;
  private final Figures figures;
  private final DeletePool pool;
  private final boolean isSequential;
  private final Duration aliveInterval;

  /**
   * @param backoff how long to wait after a record's n-th failed attempt, n from 1
   * @param nanoTime the monotonic clock, in nanoseconds
   */
  public RecordDeleter(
      ConversationRecords records,
      EngineSettings settings,
      IntFunction<Duration> backoff,
      Pause pause,
      LongSupplier nanoTime,
      Figures figures) {
    this.records = records;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.figures = figures;
    this.pool =
        new DeletePool(
            settings.deleteConcurrency(),
            settings.maxDeleteAttempts(),
            backoff,
            nanoTime.getAsLong());
    this.isSequential = settings.deleteConcurrency() == 1;
    this.aliveInterval = settings.leaseTerm().dividedBy(4);
  }

  /**
   * Deletes these records of the leased job. No request with any of them is in flight when it
   * returns, or throws.
   *
   * @param others records other than session headers, each once
   * @param headers session headers, each once
   * @return those that are not known to be deleted, though each was sent as often as the settings
   *     allow
   * @throws OutOfTimeException if time ran out; any of the records may be deleted then
   */
  public Set<RecordId> delete(
      HeldLease lease, Collection<RecordId> others, Collection<RecordId> headers) {
    if (others.isEmpty() && headers.isEmpty()) {
      return Set.of();
    }
    DeleteOrder order = new DeleteOrder(lease, others.size() + headers.size());
    if (pool.add(order, others, headers, nanoTime.getAsLong())) {
      sendUntilEnd(order);
    }
    awaitEnd(order);
    return order.result();
  }

  private void awaitEnd(DeleteOrder order) {
    boolean wasInterrupted = false;
    while (true) {
      try {
        if (order.hasEndedWithin(aliveInterval)) {
          break;
        }
        // Others' records may be sent for longer than a lease lasts that nobody renews.
        require(order, order.lease()::keepAlive);
      } catch (InterruptedException e) {
        wasInterrupted = true;
        pool.fail(order, new OutOfTimeException(e));
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The one who waits for the order sends it, and with it what else there is: most orders are one
   * request, for which nobody else need be woken. Another sender takes over once it has ended.
   */
  private void sendUntilEnd(DeleteOrder order) {
    sendWhile(
        () -> {
          if (order.hasEnded()) {
            return false;
          }
          require(order, order.lease()::keepAlive);
          return true;
        });
  }

  private void start() {
    if (isSequential) {
      sendAll();
      return;
    }
    try {
      Thread.ofVirtual().name("deletes").start(this::sendAll);
    } catch (RuntimeException | Error e) {
      pool.abandon(e);
    }
  }

  private void sendAll() {
    sendWhile(() -> true);
  }

  private void sendWhile(BooleanSupplier goesOn) {
    try {
      while (goesOn.getAsBoolean()) {
        switch (pool.next(nanoTime.getAsLong())) {
          case Turn.Rest _ -> {
            return;
          }
          case Turn.Wait(Duration duration) -> {
            try {
              pause.of(duration);
            } finally {
              pool.waited();
            }
          }
          case Turn.Send(List<PendingDelete> batch, Duration delay, boolean needsAnother) -> {
            if (needsAnother) {
              start();
            }
            send(batch, delay);
          }
        }
      }
      if (pool.leave()) {
        start();
      }
    } catch (InterruptedException e) {
      pool.abandon(new OutOfTimeException(e));
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      pool.abandon(e);
    }
  }

  /** Whatever goes wrong is the orders' trouble, and not the sender's. */
  private void send(List<PendingDelete> batch, Duration delay) {
    Set<RecordId> unprocessed = Set.of();
    try {
      if (delay.isPositive()) {
        pause.of(delay);
      }
      Set<DeleteOrder> orders = new HashSet<>();
      batch.forEach(one -> orders.add(one.order()));
      orders.forEach(order -> require(order, order.lease()::keepAlive));
      // Nothing that could block comes between the look at the clocks and the request.
      orders.forEach(order -> require(order, order.lease()::requireTimeToDelete));
      List<RecordId> toSend = pool.wanted(batch);
      if (!toSend.isEmpty()) {
        unprocessed = Set.copyOf(records.delete(toSend));
        figures.add(Metric.DELETES_THROTTLED, unprocessed.size());
      }
    } catch (InterruptedException e) {
      failAll(batch, new OutOfTimeException(e));
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failAll(batch, e);
    } finally {
      pool.settle(batch, unprocessed, nanoTime.getAsLong());
    }
  }

  private void require(DeleteOrder order, Runnable right) {
    try {
      right.run();
    } catch (RuntimeException | Error e) {
      pool.fail(order, e);
    }
  }

  private void failAll(List<PendingDelete> batch, Throwable cause) {
    batch.forEach(one -> pool.fail(one.order(), cause));
  }
}
