package conversations.deletion.application.pool;

import java.time.Duration;
import java.util.List;

/** What a sender does next. */
sealed interface Turn {

  /** Ends: a sender that has a request in flight, or waits, goes on with the other records. */
  record Rest() implements Turn {}

  /** Waits, because nothing may be sent earlier, and asks again. */
  record Wait(Duration duration) implements Turn {}

  /**
   * Sends a request.
   *
   * @param delay how long to wait before sending
   * @param packedAt the moment now, by the monotonic clock
   * @param needsAnother whether another sender has something to do meanwhile
   */
  record Send(List<PendingDelete> batch, Duration delay, long packedAt, boolean needsAnother)
      implements Turn {}
}
