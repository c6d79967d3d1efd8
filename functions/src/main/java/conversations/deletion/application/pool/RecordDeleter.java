package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.pool.DeletePool.Turn;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Deletes records in full batches.
 *
 * <p>Records of all conversations and callers share one pool, from which every request takes as
 * many as it can hold. Records that a request left unprocessed go back into the pool and are packed
 * again, and are not sent as the rest of their batch. That keeps the number of requests close to
 * the least possible.
 *
 * <p>Invariant: a request is not sent if it could outlast the right to delete any record in it.
 *
 * <p>Safe for use by several threads.
 */
public final class RecordDeleter {

  private final ConversationRecords records;
  private final PoolSettings settings;
  private final Clocks clocks;
  private final MetricCounter metrics;
  private final DeletePool pool;

  public RecordDeleter(
      ConversationRecords records, PoolSettings settings, Clocks clocks, MetricCounter metrics) {
    this.records = records;
    this.settings = settings;
    this.clocks = clocks;
    this.metrics = metrics;
    this.pool = new DeletePool(settings, clocks.nanos());
  }

  /**
   * Deletes these records. No request with any of them is in flight when it returns, or throws.
   *
   * @param right the right to delete them
   * @param others records other than session headers, each once
   * @param headers session headers, each once
   * @return the records that are not known to be deleted, though each was sent as often as the
   *     settings allow
   * @throws OutOfTimeException if time ran out; any of the records may be deleted then
   */
  public Set<RecordId> delete(
      DeleteRight right, Collection<RecordId> others, Collection<RecordId> headers) {
    if (others.isEmpty() && headers.isEmpty()) {
      return Set.of();
    }
    DeleteOrder order = new DeleteOrder(right, others.size() + headers.size());
    if (pool.add(order, others, headers, clocks.nanos())) {
      sendUntilEnd(order);
    }
    awaitEnd(order);
    return order.result();
  }

  private void awaitEnd(DeleteOrder order) {
    boolean wasInterrupted = false;
    while (true) {
      try {
        if (order.hasEndedWithin(settings.keepAliveInterval())) {
          break;
        }
        // To send the records of other callers may take longer than this right lasts.
        require(order, order.right()::keepAlive);
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
   * The caller sends its own order, and other waiting records with it. Most orders are one request,
   * so no other thread has to be woken. Another sender takes over once the order has ended.
   */
  private void sendUntilEnd(DeleteOrder order) {
    sendWhile(
        () -> {
          if (order.hasEnded()) {
            return false;
          }
          require(order, order.right()::keepAlive);
          return true;
        });
  }

  private void start() {
    if (settings.maxSenders() == 1) {
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
        switch (pool.next(clocks.nanos())) {
          case Turn.Rest _ -> {
            return;
          }
          case Turn.Wait(Duration duration) -> {
            try {
              clocks.pause(duration);
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

  /** Sends a batch. A failure here fails the batch's orders, and not the sender. */
  private void send(List<PendingDelete> batch, Duration delay) {
    Set<RecordId> unprocessed = Set.of();
    try {
      if (delay.isPositive()) {
        clocks.pause(delay);
      }
      Set<DeleteOrder> orders = new HashSet<>();
      batch.forEach(one -> orders.add(one.order()));
      orders.forEach(order -> require(order, order.right()::keepAlive));
      // Nothing that could block may come between the check of the clocks and the request.
      orders.forEach(order -> require(order, order.right()::requireTimeToDelete));
      List<RecordId> toSend = pool.wanted(batch);
      if (!toSend.isEmpty()) {
        unprocessed = Set.copyOf(records.delete(toSend).unprocessed());
        metrics.add(Metric.DELETES_THROTTLED, unprocessed.size());
      }
    } catch (InterruptedException e) {
      failAll(batch, new OutOfTimeException(e));
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failAll(batch, e);
    } finally {
      pool.answered(batch, unprocessed, clocks.nanos());
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
