package conversations.deletion.application.holds;

import conversations.deletion.application.port.HoldReads;
import conversations.deletion.application.port.HoldReads.HoldPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.HoldId;
import java.util.Optional;

/** Lists a bot's holds, page by page. */
public final class ListHolds {

  /** The most holds of one page. */
  public static final int MAX_PAGE_SIZE = 50;

  private final HoldReads holds;

  public ListHolds(HoldReads holds) {
    this.holds = holds;
  }

  /**
   * Reads one page in the order of the ids, released holds too.
   *
   * @param after the id after which the page begins; absent: the first page
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   * @throws IllegalArgumentException if the page is not possible
   */
  public HoldPage list(BotId bot, Optional<HoldId> after, int limit) {
    if (limit < 1 || limit > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("no such page: " + limit + " holds");
    }
    return holds.list(bot, after, limit);
  }
}
