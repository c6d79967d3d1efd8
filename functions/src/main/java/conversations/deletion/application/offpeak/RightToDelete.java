package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.pool.DeleteRight;
import conversations.deletion.domain.ConversationId;

/**
 * The right of a job's worker to delete: as long as it holds the lease, and only what no hold
 * keeps.
 *
 * <p>Invariant: {@link #requireTimeToDelete} stops every delete that could outlast the lease, the
 * window or the function, or that might not know of a hold.
 *
 * <p>Safe for use by several threads.
 */
record RightToDelete(HeldLease lease, KnownHolds holds) implements DeleteRight {

  @Override
  public String owner() {
    return lease.owner();
  }

  /** What is known of holds may be as old as it is good, while they can't be asked for. */
  @Override
  public void keepAlive() {
    lease.keepAlive();
    try {
      holds.keepKnown();
    } catch (RuntimeException e) {
      if (!holds.isGood() || !lease.isOutage(e)) {
        throw e;
      }
    }
  }

  @Override
  public void requireTimeToDelete() {
    lease.requireTimeToDelete();
    if (!holds.isGood()) {
      throw new OutOfTimeException();
    }
  }

  @Override
  public boolean mayDelete(ConversationId conversation) {
    return holds.isFree(conversation);
  }
}
