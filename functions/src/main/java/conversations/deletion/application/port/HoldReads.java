package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import java.util.List;
import java.util.Optional;

/** The holds of bots, for those who look at them. Reads are strongly consistent. */
public interface HoldReads {

  /** Finds a hold. */
  Optional<Hold> find(BotId bot, HoldId id);

  /**
   * Reads a page of a bot's holds in the order of their ids, released ones too.
   *
   * @param after the id after which the page begins; absent: the first page
   */
  HoldPage list(BotId bot, Optional<HoldId> after, int limit);

  /**
   * A page of holds.
   *
   * @param next the id after which the next page begins; absent on the last page
   */
  record HoldPage(List<Hold> holds, Optional<HoldId> next) {}
}
