package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.pool.DeleteRight;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The lease of a job while this worker holds it, and with it the right to delete.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The lease's term is counted from before the call that got or renewed it, by the monotonic
 *       clock. So for this worker the lease always ends earlier than in the job table.
 *   <li>{@link #requireTimeToDelete} stops every delete that could outlast the lease, the window or
 *       the function.
 *   <li>Every change of the job goes through here, one at a time, under the lease's fence.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
final class HeldLease implements DeleteRight {

  private final JobLeases leases;
  private final JobQueue queue;
  private final HeldMessage message;
  private final RunTime time;
  private final EngineSettings settings;
  private final String owner;

  private LeasedJob lease;
  private volatile long endNanos;

  /**
   * @param message the message that named the job; it is hidden from other workers as long as the
   *     lease is held
   * @param leasedAt the monotonic clock just before the lease was asked for
   */
  HeldLease(
      JobLeases leases,
      JobQueue queue,
      HeldMessage message,
      RunTime time,
      EngineSettings settings,
      LeasedJob lease,
      long leasedAt) {
    this.leases = leases;
    this.queue = queue;
    this.message = message;
    this.time = time;
    this.settings = settings;
    this.owner = lease.job().id().value();
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

  @Override
  public String owner() {
    return owner;
  }

  /** Stores a new state of the job, and renews the lease with it. */
  synchronized void save(JobState state, Optional<ChangeLogEntry> entry) {
    long asked = time.nanos();
    lease = leases.save(lease, state, time.now().plus(settings.leaseTerm()), entry);
    endNanos = asked + settings.leaseTerm().toNanos();
    message.keep();
  }

  /**
   * Tells whether the last save of the job is long enough ago that its counts are worth a write.
   */
  synchronized boolean isCheckpointDue() {
    long savedNanos = endNanos - settings.leaseTerm().toNanos();
    return time.nanos() - savedNanos >= settings.checkpointInterval().toNanos();
  }

  /** Renews the lease if half of it is gone and the run has enough time left to use it. */
  @Override
  public synchronized void keepAlive() {
    if (isHalfGone() && time.left().compareTo(settings.deleteReserve()) > 0) {
      save(lease.job().state(), Optional.empty());
    }
  }

  /**
   * Makes sure, before something that can't be taken back, that the lease is still held.
   *
   * @throws LeaseLostException if it is not
   */
  synchronized void confirm() {
    // The answer to a renewal may itself come late.
    while (isHalfGone()) {
      save(lease.job().state(), Optional.empty());
    }
  }

  /**
   * Returns if a delete may start now.
   *
   * @throws OutOfTimeException if it might still be under way when the lease, the window or the
   *     function's time ends
   */
  @Override
  public void requireTimeToDelete() {
    if (left().compareTo(settings.deleteReserve()) < 0
        || time.left().compareTo(settings.deleteReserve()) < 0) {
      throw new OutOfTimeException();
    }
  }

  /** Tells whether a client app has asked to cancel the job, as far as this worker knows. */
  boolean isCancelRequested() {
    return state().cancelRequest().isPresent();
  }

  /** Tells whether the run can wait for this long and then still delete something. */
  boolean hasTimeFor(Duration wait) {
    return time.left().compareTo(wait.plus(settings.deleteReserve())) > 0;
  }

  /**
   * Gives the job back and removes its message.
   *
   * @param sweepAt when a sweep is to look at the job next; empty: never
   */
  synchronized void release(JobState state, Optional<Instant> sweepAt) {
    releaseWith(state, sweepAt);
    message.remove();
  }

  /** Gives the job back and sends a message that it waits. */
  synchronized void handOn(JobState state) {
    releaseWith(state, Optional.of(state.scheduledAt().plus(settings.sweepGrace())));
    queue.send(lease.job().ref());
    message.remove();
  }

  /** Gives the lease back with this state. The state then counts as this run's work. */
  private void releaseWith(JobState state, Optional<Instant> sweepAt) {
    leases.release(lease, state, sweepAt);
    lease = lease.with(lease.job().with(state));
  }

  /**
   * Gives the job back as it is stored, after something failed. This worker does not know whether
   * its last write took effect, so it writes nothing that it believes about the job.
   *
   * @param due when the job is to be picked up again
   */
  synchronized void giveUp(Instant due) {
    leases.giveBack(lease, due);
    message.remove();
  }

  private Duration left() {
    return Duration.ofNanos(endNanos - time.nanos());
  }

  private boolean isHalfGone() {
    return endNanos - time.nanos() < settings.leaseTerm().toNanos() / 2;
  }
}
