package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.LeaseTerm;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.reading.Patience;
import conversations.deletion.application.reading.ReadRight;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The lease of a job while this worker holds it.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>{@link #requireTimeToDelete} stops every delete that could outlast the lease, the window or
 *       the function.
 *   <li>It stops every delete before the moment from which on the job may delete.
 *   <li>A renewal that fails for an outage costs nothing while the lease holds. It is tried again
 *       at the next occasion.
 *   <li>Every change of the job goes through here, one at a time, under the lease's fence.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
final class HeldLease implements ReadRight {

  private final JobLeases leases;
  private final HeldMessage message;
  private final Patience patience;
  private final RunTime time;
  private final KnownHolds holds;
  private final EngineSettings settings;
  private final String owner;
  private final Optional<Instant> notBefore;
  private final boolean isTakenOver;
  private final LeaseTerm term;
  private final AtomicBoolean isBeingRenewed = new AtomicBoolean();

  private LeasedJob lease;
  private boolean isStateKnown = true;

  /**
   * @param message the message that named the job; it is hidden from other workers as long as the
   *     lease is held
   * @param leasedAt the monotonic clock just before the lease was asked for
   */
  HeldLease(
      JobLeases leases,
      HeldMessage message,
      Patience patience,
      Run run,
      EngineSettings settings,
      LeasedJob lease,
      long leasedAt) {
    this.leases = leases;
    this.message = message;
    this.patience = patience;
    this.time = run.time();
    this.holds = run.holds().of(lease.job().bot());
    this.settings = settings;
    this.owner = lease.job().id().value();
    this.notBefore = lease.job().notBefore();
    this.isTakenOver = lease.job().state().status() == JobStatus.IN_PROGRESS;
    this.lease = lease;
    this.term = new LeaseTerm(run.time().clocks(), settings.leaseTerm(), leasedAt);
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

  /** Names the job to the pool. Never waits. */
  String owner() {
    return owner;
  }

  /** What this run knows of the holds of the job's bot. */
  KnownHolds holds() {
    return holds;
  }

  /** The right to delete what no hold keeps. */
  RightToDelete right() {
    return new RightToDelete(this, holds);
  }

  /** Tells whether the worker before did not give the job back: it died, or is late. */
  boolean isTakenOver() {
    return isTakenOver;
  }

  /** Takes note of what is stored with the job the next time that anything is. */
  synchronized void note(UnaryOperator<JobState> change) {
    lease = lease.with(lease.job().with(change.apply(lease.job().state())));
  }

  /** Stores a new state of the job, and renews the lease with it. */
  synchronized void save(JobState state, Optional<ChangeLogEntry> entry) {
    isStateKnown = false;
    store(state, entry);
  }

  private void store(JobState state, Optional<ChangeLogEntry> entry) {
    long asked = time.nanos();
    lease = leases.save(lease, state, time.now().plus(settings.leaseTerm()), entry);
    term.renewed(asked);
    isStateKnown = true;
    message.keep();
  }

  /**
   * Stores how far the job has come, and that it gets on. Returns false if an outage kept that from
   * being stored and the lease holds: counts may be late.
   */
  synchronized boolean saveProgress(Counts counts) {
    try {
      save(state().progressed(counts), Optional.empty());
      return true;
    } catch (RuntimeException e) {
      if (isTolerable(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Tells whether this worker knows how the job is stored: a write that failed may have hit. */
  synchronized boolean isStateKnown() {
    return isStateKnown;
  }

  /** Tells whether the last save is long enough ago that the job's counts are worth a write. */
  synchronized boolean isCheckpointDue() {
    return term.sinceRenewal().compareTo(settings.checkpointInterval()) >= 0;
  }

  /**
   * Renews the lease if half of it is gone and the run has enough time left to use it. Of several
   * threads one does that, and the others go on: a slow renewal holds up no delete. The lease of a
   * job that can't be read is not renewed: that would store what stands for the unreadable parts.
   */
  @Override
  public void keepAlive() {
    if (term.isHalfGone() && isBeingRenewed.compareAndSet(false, true)) {
      try {
        renew();
      } finally {
        isBeingRenewed.set(false);
      }
    }
  }

  private synchronized void renew() {
    if (term.isHalfGone()
        && lease.isReadable()
        && time.left().compareTo(settings.deleteReserve()) > 0) {
      try {
        store(lease.job().state(), Optional.empty());
      } catch (RuntimeException e) {
        if (!isTolerable(e)) {
          throw e;
        }
      }
    }
  }

  /** An outage does no harm while the lease has time left to delete in; it is logged then. */
  private boolean isTolerable(RuntimeException failure) {
    return term.left().compareTo(settings.deleteReserve()) > 0 && isOutage(failure);
  }

  /** Tells whether something failed for an outage, and logs it then. */
  boolean isOutage(RuntimeException failure) {
    return patience.isOutageOfRenewal(failure, OperatorLog.of(job().ref()));
  }

  @Override
  public <T> T insist(Supplier<T> call) {
    return patience.insist(call, this::requireTimeToRead);
  }

  @Override
  public BotId bot() {
    return job().bot();
  }

  /** What was read is to be deleted, so there has to be time for that. */
  @Override
  public void requireTimeToRead() {
    keepAlive();
    requireTimeToDelete();
  }

  /** How long this worker has had the job. */
  Duration heldFor() {
    return term.sinceStart();
  }

  /**
   * Makes sure, before an e-mail, which can't be taken back, that the lease is still held, and that
   * the function lasts until the e-mail service has answered and the answer is stored.
   *
   * @throws LeaseLostException if the lease is not held
   * @throws OutOfTimeException if the function might end too early
   */
  synchronized void confirm() {
    // The answer to a renewal may itself come late.
    while (term.isHalfGone()) {
      save(lease.job().state(), Optional.empty());
    }
    Duration needed = settings.mailTimeout().plus(settings.deleteReserve());
    if (time.functionLeft().compareTo(needed) < 0) {
      throw new OutOfTimeException();
    }
  }

  /**
   * Returns if a delete may start now.
   *
   * @throws OutOfTimeException if it might still be under way when the lease, the window or the
   *     function's time ends, or if the job may not delete yet
   */
  void requireTimeToDelete() {
    if (tooEarlyUntil().isPresent()
        || term.left().compareTo(settings.deleteReserve()) < 0
        || time.left().compareTo(settings.deleteReserve()) < 0) {
      throw new OutOfTimeException();
    }
  }

  /** The moment before which the job may delete nothing; absent once it is reached. */
  Optional<Instant> tooEarlyUntil() {
    return notBefore.filter(moment -> !time.isReached(moment));
  }

  /** Tells whether a client app has asked to cancel the job, as far as this worker knows. */
  boolean isCancelRequested() {
    return state().cancelRequest().isPresent();
  }

  /** Tells whether the run can wait for this long and then still delete something. */
  @Override
  public boolean hasTimeFor(Duration wait) {
    return time.left().compareTo(wait.plus(settings.deleteReserve())) > 0;
  }

  /** Gives the job back until a sweep is to look at it, if ever, and removes its message. */
  synchronized void release(JobState state, Optional<Instant> sweepAt) {
    giveBackWith(state, () -> leases.release(lease, state, sweepAt));
    message.remove();
  }

  /** Gives the job back and sends a message that it waits. */
  synchronized void handOn(JobState state) {
    Instant sweepAt = state.scheduledAt().plus(settings.sweepGrace());
    giveBackWith(state, () -> leases.release(lease, state, Optional.of(sweepAt)));
    message.replace();
  }

  /**
   * Gives the job back until the bot's holds have changed, and removes its message.
   *
   * @param holdsSeen the version of the bot's holds by which the job waits
   * @param entry of the change log, with which the owner is told; absent if that was done before,
   *     or is not to be done
   */
  synchronized void putOnHold(JobState state, long holdsSeen, Optional<ChangeLogEntry> entry) {
    giveBackWith(state, () -> leases.putOnHold(lease, state, holdsSeen, entry));
    message.remove();
  }

  /** Gives the lease back with this state. The state then counts as this run's work. */
  private void giveBackWith(JobState state, Runnable write) {
    isStateKnown = false;
    write.run();
    isStateKnown = true;
    lease = lease.with(lease.job().with(state));
  }

  /**
   * Gives the job back as it is stored, after something failed. This worker does not know whether
   * its last write took effect, so it writes nothing that it believes about the job.
   *
   * @param due when the job is to be picked up again
   * @param ownFailures how often tries have failed for a reason of the job's own; empty if this one
   *     failed for another
   */
  synchronized void giveUp(Instant due, Optional<Integer> ownFailures) {
    leases.giveBack(lease, due, ownFailures);
    message.remove();
  }
}
