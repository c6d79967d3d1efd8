package conversations.deletion.application.previews;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.concurrent.LeaseTerm;
import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.port.LeasedPreview;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.PreviewLeases;
import conversations.deletion.application.reading.Patience;
import conversations.deletion.application.reading.ReadRight;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The lease of a preview while this worker holds it, and with it the right to read.
 *
 * <p>Invariant: every change of the preview goes through here, one at a time, under the lease's
 * fence. Safe for use by several threads.
 */
final class HeldPreview implements ReadRight {

  private final PreviewLeases leases;
  private final Patience patience;
  private final PreviewSettings settings;
  private final Clocks clocks;
  private final long endNanos;
  private final LeaseTerm term;
  private LeasedPreview lease;

  /**
   * @param leasedAt the monotonic clock just before the lease was asked for
   * @param endNanos when the function's time ends, by the monotonic clock
   */
  HeldPreview(
      PreviewLeases leases,
      Patience patience,
      PreviewSettings settings,
      Clocks clocks,
      LeasedPreview lease,
      long leasedAt,
      long endNanos) {
    this.leases = leases;
    this.patience = patience;
    this.settings = settings;
    this.clocks = clocks;
    this.endNanos = endNanos;
    this.term = new LeaseTerm(clocks, settings.leaseTerm(), leasedAt);
    this.lease = lease;
  }

  synchronized Preview preview() {
    return lease.preview();
  }

  /** Tells whether the worker before did not give the preview back. */
  synchronized boolean isTakenOver() {
    return lease.isTakenOver();
  }

  PreviewState state() {
    return preview().state();
  }

  @Override
  public BotId bot() {
    return preview().bot();
  }

  @Override
  public <T> T insist(Supplier<T> call) {
    return patience.insist(call, this::requireTimeToRead);
  }

  @Override
  public void keepAlive() {
    if (term.isHalfGone()) {
      renew();
    }
  }

  private synchronized void renew() {
    if (term.isHalfGone()) {
      long asked = clocks.nanos();
      try {
        leases.renew(lease, until());
        term.renewed(asked);
      } catch (RuntimeException e) {
        if (term.left().compareTo(settings.reserve()) < 0
            || !patience.isOutageOfRenewal(e, OperatorLog.of(lease.preview().ref()))) {
          throw e;
        }
      }
    }
  }

  private Instant until() {
    return clocks.now().plus(settings.leaseTerm());
  }

  @Override
  public void requireTimeToRead() {
    keepAlive();
    if (!hasTimeFor(Duration.ZERO)) {
      throw new OutOfTimeException();
    }
  }

  @Override
  public boolean hasTimeFor(Duration wait) {
    Duration left = Duration.ofNanos(endNanos - clocks.nanos());
    return left.compareTo(wait.plus(settings.reserve())) > 0;
  }

  /** Stores how far the preview has come, and renews the lease. */
  synchronized void save(PreviewState state, PreviewChunk chunk) {
    long asked = clocks.nanos();
    lease = insist(() -> leases.save(lease, state, chunk, until()));
    term.renewed(asked);
  }

  /** Gives the preview back. */
  synchronized void release(PreviewState state, Instant sweepAt) {
    leases.release(lease, state, sweepAt);
    lease = lease.with(state);
  }
}
