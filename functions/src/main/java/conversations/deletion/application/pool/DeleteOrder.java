package conversations.deletion.application.pool;

import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Records that one caller wants deleted, and the result. Guarded by the pool's lock. */
final class DeleteOrder {

  private final DeleteRight right;
  private final FirstDeletes first;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<ConversationId, RuntimeException> refused = new HashMap<>();
  private final Set<ConversationId> unsent;
  private boolean isTooLate;
  private int waiting;
  private int inFlight;
  private Throwable failure;

  /**
   * @param right the right to delete them
   * @param first the conversations that may be begun only until a moment
   */
  DeleteOrder(DeleteRight right, FirstDeletes first, int records) {
    this.right = right;
    this.first = first;
    this.unsent = new HashSet<>(first.conversations());
    this.waiting = records;
  }

  DeleteRight right() {
    return right;
  }

  /** Tells whether a record is still to be deleted. */
  boolean wants(RecordId record) {
    return failure == null
        && !refused.containsKey(record.conversation())
        && !(isTooLate && unsent.contains(record.conversation()));
  }

  boolean hasFailed() {
    return failure != null;
  }

  /**
   * From a moment on, the conversations that were not begun are not wanted any more.
   *
   * @return whether that moment has just passed
   */
  boolean becomesTooLate(long now) {
    if (isTooLate || unsent.isEmpty() || now - first.until() <= 0) {
      return false;
    }
    isTooLate = true;
    return true;
  }

  /** How long until the conversations that were not begun are too late, and no longer than this. */
  Duration untilTooLate(Duration atMost, long now) {
    long left = first.until() - now;
    boolean isSooner = !isTooLate && !unsent.isEmpty() && left < atMost.toNanos();
    return isSooner ? Duration.ofNanos(Math.max(left, 0) + 1) : atMost;
  }

  /** One of its records no longer waits, but is about to be sent. */
  void taken() {
    waiting--;
    inFlight++;
  }

  /** A request that names this record is handed to the port now. */
  void sends(RecordId record) {
    unsent.remove(record.conversation());
  }

  /** One of its records was deleted, or is not wanted any more. */
  void done() {
    inFlight--;
    endIfDone();
  }

  void waitsAgain() {
    inFlight--;
    waiting++;
  }

  /** One of its waiting records is not wanted any more. */
  void dropped() {
    waiting--;
    endIfDone();
  }

  /** None of the conversation's records is sent from now on. */
  void refuse(RecordId record, RuntimeException cause) {
    refused.putIfAbsent(record.conversation(), cause);
  }

  /**
   * Fails the order: none of its records is sent from now on, and it ends once none waits or is in
   * flight.
   */
  void fail(Throwable cause) {
    failure = cause;
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

  /** What came of it, once it has ended. */
  DeleteResult result() {
    return new DeleteResult(unsent, refused, Optional.ofNullable(failure));
  }
}
