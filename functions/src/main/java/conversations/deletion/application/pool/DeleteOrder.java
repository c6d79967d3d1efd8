package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.Thrown;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Records that one caller wants deleted, and the result. Guarded by the pool's lock. */
final class DeleteOrder {

  private final DeleteRight right;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Set<RecordId> givenUp = new HashSet<>();
  private int waiting;
  private int inFlight;
  private Throwable failure;

  /**
   * @param right the right to delete them
   */
  DeleteOrder(DeleteRight right, int records) {
    this.right = right;
    this.waiting = records;
  }

  DeleteRight right() {
    return right;
  }

  int waiting() {
    return waiting;
  }

  boolean hasFailed() {
    return failure != null;
  }

  void sent() {
    waiting--;
    inFlight++;
  }

  /** One of its records was deleted, or only sent if the order has failed. */
  void done() {
    inFlight--;
    endIfDone();
  }

  void waitsAgain() {
    inFlight--;
    waiting++;
  }

  void givenUp(RecordId record) {
    givenUp.add(record);
    done();
  }

  /**
   * Fails the order: none of its records is sent from now on, and it ends once none is in flight.
   */
  void fail(Throwable cause) {
    failure = cause;
    waiting = 0;
    endIfDone();
  }

  private void endIfDone() {
    if (waiting == 0 && inFlight == 0) {
      ended.countDown();
    }
  }

  /** Tells whether the order has ended: none of its records waits or is in flight. */
  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Waits for the order to end, but no longer than this, and tells whether it has ended. */
  boolean hasEndedWithin(Duration duration) throws InterruptedException {
    return ended.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * The records that are not known to be deleted.
   *
   * @throws RuntimeException what kept the order from being carried out
   */
  Set<RecordId> result() {
    if (failure != null) {
      throw Thrown.again(failure);
    }
    return givenUp;
  }
}
