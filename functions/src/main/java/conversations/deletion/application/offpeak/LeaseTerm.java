package conversations.deletion.application.offpeak;

import java.time.Duration;

/**
 * How long a worker has had a lease, and for how long it still holds, by the monotonic clock.
 *
 * <p>Invariant: the term is counted from before the call that got or renewed the lease. So for this
 * worker the lease always ends earlier than in the job table.
 *
 * <p>Only one thread at a time may renew it; any may read it.
 */
final class LeaseTerm {

  private final RunTime time;
  private final Duration term;
  private final long sinceNanos;
  private volatile long endNanos;

  /**
   * @param leasedAt the monotonic clock just before the lease was asked for
   */
  LeaseTerm(RunTime time, Duration term, long leasedAt) {
    this.time = time;
    this.term = term;
    this.sinceNanos = leasedAt;
    renewed(leasedAt);
  }

  /**
   * The lease was renewed.
   *
   * @param asked the monotonic clock just before that was asked for
   */
  void renewed(long asked) {
    endNanos = asked + term.toNanos();
  }

  Duration left() {
    return Duration.ofNanos(endNanos - time.nanos());
  }

  boolean isHalfGone() {
    return endNanos - time.nanos() < term.toNanos() / 2;
  }

  Duration sinceRenewal() {
    return term.minus(left());
  }

  Duration sinceStart() {
    return Duration.ofNanos(time.nanos() - sinceNanos);
  }
}
