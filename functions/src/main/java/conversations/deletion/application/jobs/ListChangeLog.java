package conversations.deletion.application.jobs;

import conversations.deletion.application.port.ChangeLog;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DateRange;
import java.util.List;

/** Reads a bot's change log, page by page. */
public final class ListChangeLog {

  /** The most entries of one page. */
  public static final int MAX_PAGE_SIZE = 50;

  /**
   * How far back pages reach. The store can't jump to a page, so all entries before it are read and
   * paid for.
   */
  public static final int MAX_ENTRIES = 10_000;

  private final ChangeLog changeLog;

  public ListChangeLog(ChangeLog changeLog) {
    this.changeLog = changeLog;
  }

  /**
   * Reads one page, newest first.
   *
   * @param range when the entries were made
   * @param page from 0
   * @param pageSize 1 to {@value #MAX_PAGE_SIZE}
   * @throws IllegalArgumentException if the page is not possible, or ends beyond the first {@value
   *     #MAX_ENTRIES} entries
   */
  public List<ChangeLogEntry> list(BotId bot, DateRange range, int page, int pageSize) {
    if (page < 0 || pageSize < 1 || pageSize > MAX_PAGE_SIZE || !isWithinReach(page, pageSize)) {
      throw new IllegalArgumentException(
          "no such page: page " + page + " of " + pageSize + " entries");
    }
    return changeLog.list(bot, range.from(), range.to(), page * pageSize, pageSize);
  }

  /** Tells whether a page lies within the first {@value #MAX_ENTRIES} entries. */
  public static boolean isWithinReach(int page, int pageSize) {
    return (page + 1L) * pageSize <= MAX_ENTRIES;
  }
}
