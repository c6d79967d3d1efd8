package conversations.deletion.application;

import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobMessages;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeasedJob;
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
final class HeldLease {

  private final JobLeases leases;
  private final JobQueue queue;
  private final JobMessages messages;
  private final JobMessages.Message message;
  private final RunTime runTime;
  private final EngineSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  private LeasedJob lease;
  private volatile long endNanos;

  /**
   * @param message the message that led here; it is kept from others as long as the lease
   * @param leasedAt the monotonic clock just before the lease was asked for
   */
  HeldLease(
      JobLeases leases,
      JobQueue queue,
      JobMessages messages,
      JobMessages.Message message,
      RunTime runTime,
      EngineSettings settings,
      InstantSource clock,
      LongSupplier nanoTime,
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
    this.lease = lease;
    this.endNanos = leasedAt + settings.leaseTerm().toNanos();
  }

  synchronized LeasedJob lease() {
    return lease;
  }

  synchronized DeletionJob job() {
    return lease.job();
  }

  synchronized JobState state() {
    return lease.job().state();
  }

  /** Stores a new state of the job, and renews the lease by the way. */
  synchronized void save(JobState state, Optional<ChangeLogEntry> entry) {
    boolean messageIsAging = left().compareTo(settings.leaseTerm().dividedBy(2)) < 0;
    long asked = nanoTime.getAsLong();
    lease = leases.save(lease, state, clock.instant().plus(settings.leaseTerm()), entry);
    endNanos = asked + settings.leaseTerm().toNanos();
    if (messageIsAging) {
      messages.extend(message, settings.leaseTerm());
    }
  }

  /** Renews the lease if half of it is gone, as long as the run has time to make use of it. */
  synchronized void keepAlive() {
    if (left().compareTo(settings.leaseTerm().dividedBy(2)) < 0
        && runTime.left().compareTo(settings.deleteReserve()) > 0) {
      save(lease.job().state(), Optional.empty());
    }
  }

  /**
   * Returns if a delete may start now.
   *
   * @throws OutOfTimeException if it might still be under way when the lease, the window or the
   *     function's time ends
   */
  void requireTimeToDelete() {
    if (left().compareTo(settings.deleteReserve()) < 0
        || runTime.left().compareTo(settings.deleteReserve()) < 0) {
      throw new OutOfTimeException();
    }
  }

  /** Tells whether the run can wait for this long and then still delete something. */
  boolean hasTimeFor(Duration wait) {
    return runTime.left().compareTo(wait.plus(settings.deleteReserve())) > 0;
  }

  /**
   * Gives the job back and removes its message.
   *
   * @param sweepAt when a sweep is to look at the job next; empty: never
   */
  synchronized void release(JobState state, Optional<Instant> sweepAt) {
    leases.release(lease, state, sweepAt);
    messages.remove(message);
  }

  /** Gives the job back and says on the queue that it waits. */
  synchronized void handOn(JobState state) {
    leases.release(lease, state, Optional.of(state.scheduledAt().plus(settings.sweepGrace())));
    queue.send(lease.job().ref());
    messages.remove(message);
  }

  private Duration left() {
    return Duration.ofNanos(endNanos - nanoTime.getAsLong());
  }
}
