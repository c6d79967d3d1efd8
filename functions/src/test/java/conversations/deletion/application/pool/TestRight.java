package conversations.deletion.application.pool;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A right to delete that ends at a moment, and is never renewed. */
record TestRight(String owner, LongSupplier nanoTime, long endNanos) implements DeleteRight {

  private static final long RESERVE_NANOS = Duration.ofSeconds(5).toNanos();

  /** A right that begins now and lasts this long. */
  static TestRight lasting(Duration duration, String owner, LongSupplier nanoTime) {
    return new TestRight(owner, nanoTime, nanoTime.getAsLong() + duration.toNanos());
  }

  @Override
  public void keepAlive() {
    // It lasts as long as it was given.
  }

  @Override
  public boolean mayDelete(ConversationId conversation) {
    return true;
  }

  @Override
  public void requireTimeToDelete() {
    if (endNanos - nanoTime.getAsLong() < RESERVE_NANOS) {
      throw new OutOfTimeException();
    }
  }
}
