package conversations.deletion.application.port;

import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Hold;
import java.time.Instant;
import java.util.Optional;

/** The holds of bots, for those who place and release them. */
public interface Holds extends HoldReads {

  /**
   * Stores a hold, with what it is found by. It is not promised yet.
   *
   * @return the hold that was there before under its id; empty if this one was stored
   */
  Optional<Hold> add(Hold hold);

  /**
   * Raises the version of the bot's holds, so that runs look anew, and stores with it from when on
   * the hold holds.
   *
   * @param hold as it is stored
   * @param heldFrom the moment that is promised
   * @param entry of the change log; absent for a confidential hold, and where the promise is moved
   * @return false if its promise was stored meanwhile, or it was released; nothing was changed then
   */
  boolean promise(Hold hold, Instant heldFrom, Optional<ChangeLogEntry> entry);

  /**
   * Stores that a hold is released: first with all that it is found by, then with the version.
   *
   * @param released the hold with its release
   * @param entry of the change log; absent for a confidential hold
   * @return the hold as it is now: if another call released it first, with that release
   */
  Hold release(Hold released, Optional<ChangeLogEntry> entry);
}
