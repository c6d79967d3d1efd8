package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.DeleteAnswer;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import java.time.Duration;
import java.util.ArrayList;
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
   * Deletes these records. No request with any of them is in flight when it returns. What hinders
   * deletes is told in the result and never thrown.
   *
   * @param right the right to delete them
   * @param others records other than session headers, each once
   * @param headers session headers, each once
   * @param first the conversations that may be begun only until a moment
   */
  public DeleteResult delete(
      DeleteRight right,
      Collection<RecordId> others,
      Collection<RecordId> headers,
      FirstDeletes first) {
    DeleteOrder order = new DeleteOrder(right, first, others.size() + headers.size());
    if (others.isEmpty() && headers.isEmpty()) {
      return order.result();
    }
    if (pool.add(order, others, headers, clocks.nanos())) {
      sendUntilEnd(order);
    }
    awaitEnd(order);
    return order.result();
  }

  /**
   * How many records the table is expected to take within some time from now on, as far as is
   * known. It starts as a guess.
   */
  public double recordsWithin(Duration duration) {
    return pool.recordsWithin(duration, clocks.nanos());
  }

  private void awaitEnd(DeleteOrder order) {
    boolean wasInterrupted = false;
    while (true) {
      try {
        Duration wait = pool.untilTooLate(order, settings.keepAliveInterval(), clocks.nanos());
        if (order.hasEndedWithin(wait)) {
          break;
        }
        pool.withdrawTooLate(clocks.nanos());
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
          case Turn.Send send -> {
            if (send.needsAnother()) {
              start();
            }
            send(send);
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

  private void send(Turn.Send send) {
    try {
      if (pause(send)) {
        request(send.batch(), send.packedAt());
      }
    } finally {
      pool.sent();
    }
  }

  /** Waits until a request may go. A failure here fails the batch's orders, and not the sender. */
  private boolean pause(Turn.Send send) {
    try {
      if (send.delay().isPositive()) {
        clocks.pause(send.delay());
      }
      return true;
    } catch (InterruptedException e) {
      pool.failed(send.batch(), new OutOfTimeException(e));
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      pool.failed(send.batch(), e);
    }
    return false;
  }

  /**
   * Sends a request. If it is refused as a whole, it is sent again in halves, down to the record
   * that is refused by itself: that one harms no other conversation. Whatever fails here fails the
   * batch's orders, and is not thrown.
   */
  private void request(List<PendingDelete> batch, long packedAt) {
    Set<DeleteOrder> orders = new HashSet<>();
    batch.forEach(one -> orders.add(one.order()));
    orders.forEach(order -> require(order, order.right()::keepAlive));
    // Nothing that could block may come between the check of the clocks and the request.
    orders.forEach(order -> require(order, order.right()::requireTimeToDelete));
    List<PendingDelete> wanted = pool.begin(batch, clocks.nanos());
    if (wanted.isEmpty()) {
      return;
    }
    List<RecordId> named = recordsOf(wanted);
    DeleteAnswer answer;
    try {
      answer = records.delete(named);
    } catch (RuntimeException e) {
      if (named.size() == 1) {
        pool.refused(wanted, e);
      } else {
        int half = wanted.size() / 2;
        request(wanted.subList(0, half), packedAt);
        request(wanted.subList(half, wanted.size()), packedAt);
      }
      return;
    } catch (Error e) {
      pool.failed(wanted, e);
      return;
    }
    answered(wanted, answer, packedAt);
    metrics.add(Metric.DELETES_THROTTLED, answer.unprocessed().size());
  }

  /** A failure here must not leave the batch in flight for ever. */
  private void answered(List<PendingDelete> batch, DeleteAnswer answer, long packedAt) {
    try {
      pool.answered(batch, answer, packedAt, clocks.nanos());
    } catch (RuntimeException | Error e) {
      pool.failed(batch, e);
    }
  }

  /**
   * The records of a batch, each once. An order names no record twice, but two jobs may have
   * planned the same one.
   */
  private static List<RecordId> recordsOf(List<PendingDelete> batch) {
    List<RecordId> records = new ArrayList<>(batch.size());
    boolean isOfOneOrder = true;
    for (PendingDelete one : batch) {
      isOfOneOrder &= one.order() == batch.getFirst().order();
      records.add(one.record());
    }
    return isOfOneOrder ? records : records.stream().distinct().toList();
  }

  private void require(DeleteOrder order, Runnable right) {
    try {
      right.run();
    } catch (RuntimeException | Error e) {
      pool.fail(order, e);
    }
  }
}
