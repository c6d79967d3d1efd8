package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The lease of a job while this worker holds it, and with it the right to delete.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The lease's end is reckoned from before the call that got or renewed it, by the monotonic
 *       clock: this worker always thinks that it ends earlier than the job table does.
 *   <li>{@link #requireTimeToDelete} lets no delete start that could outlast the lease, the window
 *       or the function.
 *   <li>Every change of the job goes through here, one at a time, under the lease's fence.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public final class HeldLease {

  private final JobLeases leases;
  private final JobQueue queue;
  private final JobMessages messages;
  private final JobMessages.Message message;
  private final RunTime runTime;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final OperatorLog log;

  private LeasedJob lease;
  private volatile long endNanos;
  private long messageEndNanos;

  /**
   * @param message the message that led here; it is kept from others as long as the lease
   * @param leasedAt the monotonic clock just before the lease was asked for
   */
  public HeldLease(
      JobLeases leases,
      JobQueue queue,
      JobMessages messages,
      JobMessages.Message message,
      RunTime runTime,
      EngineSettings settings,
      InstantSource clock,
      LongSupplier nanoTime,
      OperatorLog log,
      LeasedJob lease,
      long leasedAt) {
    this.leases = leases;
    this.queue = queue;
    this.messages = messages;
    this.message = message;
    this.runTime = runTime;
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.log = log;
    this.lease = lease;
    this.endNanos = leasedAt + settings.leaseTerm().toNanos();
    this.messageEndNanos = endNanos;
  }

  public synchronized LeasedJob lease() {
    return lease;
  }

  public synchronized DeletionJob job() {
    return lease.job();
  }

  public synchronized JobState state() {
    return lease.job().state();
  }

  /** Stores a new state of the job, and renews the lease by the way. */
  public synchronized void save(JobState state, Optional<ChangeLogEntry> entry) {
    long asked = nanoTime.getAsLong();
    lease = leases.save(lease, state, runTime.now().plus(settings.leaseTerm()), entry);
    endNanos = asked + settings.leaseTerm().toNanos();
    if (isHalfGone(messageEndNanos)) {
      keepMessage();
    }
  }

  /** Tells whether the job was last saved so long ago that its counts are worth a write. */
  public synchronized boolean isCheckpointDue() {
    long savedNanos = endNanos - settings.leaseTerm().toNanos();
    return nanoTime.getAsLong() - savedNanos >= settings.checkpointInterval().toNanos();
  }

  /** The message is only a hint: trouble with it must not stop the work on the job. */
  private void keepMessage() {
    try {
      long asked = nanoTime.getAsLong();
      messages.extend(message, settings.leaseTerm());
      messageEndNanos = asked + settings.leaseTerm().toNanos();
    } catch (RuntimeException e) {
      log.warn("message_not_kept", OperatorLog.of(lease.job().ref()), e);
    }
  }

  private void removeMessage() {
    try {
      messages.remove(message);
    } catch (RuntimeException e) {
      log.warn("message_not_removed", OperatorLog.of(lease.job().ref()), e);
    }
  }

  /** Renews the lease if half of it is gone, as long as the run has time to make use of it. */
  public synchronized void keepAlive() {
    if (isHalfGone(endNanos) && runTime.left().compareTo(settings.deleteReserve()) > 0) {
      save(lease.job().state(), Optional.empty());
    }
  }

  /**
   * Makes sure, before something that can't be taken back, that the lease is still held.
   *
   * @throws LeaseLostException if it is not
   */
  public synchronized void confirm() {
    // The answer to a renewal may itself come late.
    while (isHalfGone(endNanos)) {
      save(lease.job().state(), Optional.empty());
    }
  }

  /**
   * Returns if a delete may start now.
   *
   * @throws OutOfTimeException if it might still be under way when the lease, the window or the
   *     function's time ends
   */
  public void requireTimeToDelete() {
    if (left().compareTo(settings.deleteReserve()) < 0
        || runTime.left().compareTo(settings.deleteReserve()) < 0) {
      throw new OutOfTimeException();
    }
  }

  /** Tells whether somebody has asked to cancel the job, as far as this worker has heard. */
  public boolean isCancelRequested() {
    return state().cancelRequest().isPresent();
  }

  /** Tells whether the run can wait for this long and then still delete something. */
  public boolean hasTimeFor(Duration wait) {
    return runTime.left().compareTo(wait.plus(settings.deleteReserve())) > 0;
  }

  /**
   * Gives the job back and removes its message.
   *
   * @param sweepAt when a sweep is to look at the job next; empty: never
   */
  public synchronized void release(JobState state, Optional<Instant> sweepAt) {
    releaseWith(state, sweepAt);
    removeMessage();
  }

  /** Gives the job back and says on the queue that it waits. */
  public synchronized void handOn(JobState state) {
    releaseWith(state, Optional.of(state.scheduledAt().plus(settings.sweepGrace())));
    queue.send(lease.job().ref());
    removeMessage();
  }

  /** What is stored then counts as this run's work. */
  private void releaseWith(JobState state, Optional<Instant> sweepAt) {
    leases.release(lease, state, sweepAt);
    lease = lease.with(lease.job().with(state));
  }

  /**
   * Gives the job back as it is stored, after something failed: whether the last write took effect
   * is not known here, so nothing of what this worker believes is written.
   *
   * @param due when the job is to be picked up again
   */
  public synchronized void giveUp(Instant due) {
    leases.giveBack(lease, due);
    removeMessage();
  }

  private Duration left() {
    return Duration.ofNanos(endNanos - nanoTime.getAsLong());
  }

  private boolean isHalfGone(long end) {
    return end - nanoTime.getAsLong() < settings.leaseTerm().toNanos() / 2;
  }
}
