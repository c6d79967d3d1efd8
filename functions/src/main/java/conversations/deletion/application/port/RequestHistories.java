package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.RequestHistory;

/** What is remembered of the requests to each bot, shared by all function instances. */
public interface RequestHistories {

  /** Finds what was remembered last; of a bot without requests, an empty history. */
  Versioned find(BotId bot);

  /**
   * Remembers another history instead.
   *
   * @param seen what {@link #find} found
   * @return false if somebody else has replaced it since; then nothing has changed
   */
  boolean replace(BotId bot, Versioned seen, RequestHistory history);

  /**
   * A history as it was at some time.
   *
   * @param version tells it from what was there before and after; 0 if nothing was there
   */
  record Versioned(RequestHistory history, long version) {}
}
