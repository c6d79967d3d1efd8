package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobMessages.JobMessage;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.OperatorLog;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The message that named a job. It is hidden from other workers as long as the job is leased.
 *
 * <p>It is only a hint, so what fails with it is logged and stops no work on the job. Used by one
 * thread at a time.
 */
final class HeldMessage {

  private final JobMessages messages;
  private final JobQueue queue;
  private final JobMessage message;
  private final Duration visibility;
  private final LongSupplier monotonic;
  private final OperatorLog log;
  private long endNanos;

  /**
   * @param visibility how long it is hidden, each time
   * @param monotonic the monotonic clock, in nanoseconds
   * @param receivedAt the monotonic clock when it was received, or later
   */
  HeldMessage(
      JobMessages messages,
      JobQueue queue,
      JobMessage message,
      Duration visibility,
      LongSupplier monotonic,
      long receivedAt,
      OperatorLog log) {
    this.messages = messages;
    this.queue = queue;
    this.message = message;
    this.visibility = visibility;
    this.monotonic = monotonic;
    this.log = log;
    this.endNanos = receivedAt + visibility.toNanos();
  }

  /** Hides it for longer if half of its time is gone. */
  void keep() {
    long asked = monotonic.getAsLong();
    if (endNanos - asked >= visibility.toNanos() / 2) {
      return;
    }
    try {
      messages.extend(message, visibility);
      endNanos = asked + visibility.toNanos();
    } catch (RuntimeException e) {
      log.warn("message_not_kept", OperatorLog.of(message.job()), e);
    }
  }

  /**
   * Sends a new one in its place.
   *
   * @throws RuntimeException if no new one could be sent
   */
  void replace() {
    queue.send(message.job());
    remove();
  }

  /** Removes it from the queue. */
  void remove() {
    try {
      messages.remove(message);
    } catch (RuntimeException e) {
      log.warn("message_not_removed", OperatorLog.of(message.job()), e);
    }
  }
}
