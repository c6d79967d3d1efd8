package conversations.deletion.application.concurrent;

import java.time.Duration;

/**
 * How long a worker has had a lease, and for how long it still holds, by the monotonic clock.
 *
 * <p>Invariant: the term is counted from before the call that got or renewed the lease. So for this
 * worker the lease always ends earlier than it is stored.
 *
 * <p>Only one thread at a time may renew it; any may read it.
 */
public final class LeaseTerm {

  private final Clocks clocks;
  private final Duration term;
  private final long sinceNanos;
  private volatile long endNanos;

  /**
   * @param leasedAt the monotonic clock just before the lease was asked for
   */
  public LeaseTerm(Clocks clocks, Duration term, long leasedAt) {
    this.clocks = clocks;
    this.term = term;
    this.sinceNanos = leasedAt;
    renewed(leasedAt);
  }

  /**
   * The lease was renewed.
   *
   * @param asked the monotonic clock just before that was asked for
   */
  public void renewed(long asked) {
    endNanos = asked + term.toNanos();
  }

  public Duration left() {
    return Duration.ofNanos(endNanos - clocks.nanos());
  }

  public boolean isHalfGone() {
    return endNanos - clocks.nanos() < term.toNanos() / 2;
  }

  public Duration sinceRenewal() {
    return term.minus(left());
  }

  public Duration sinceStart() {
    return Duration.ofNanos(clocks.nanos() - sinceNanos);
  }
}
