package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import java.time.Instant;
import java.util.List;

/** The bots' change logs. Each entry is written together with what it is about. */
public interface ChangeLog {

  /**
   * Reads a part of a bot's change log, newest first.
   *
   * @param from the earliest moment, included
   * @param to the latest moment, included
   * @param skip how many entries to leave out
   * @param limit the most entries to return
   */
  List<ChangeLogEntry> list(BotId bot, Instant from, Instant to, int skip, int limit);
}
