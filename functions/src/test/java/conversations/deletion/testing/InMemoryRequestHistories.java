package conversations.deletion.testing;

import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.RequestHistory;
import java.util.HashMap;
import java.util.Map;

/** Keeps request histories, and counts how often it was asked to. */
public class InMemoryRequestHistories implements RequestHistories {

  private final Map<BotId, Versioned> stored = new HashMap<>();
  private int reads;
  private int writes;

  @Override
  public synchronized Versioned find(BotId bot) {
    reads++;
    return present(bot);
  }

  @Override
  public synchronized boolean replace(BotId bot, Versioned seen, RequestHistory history) {
    writes++;
    if (present(bot).version() != seen.version()) {
      return false;
    }
    stored.put(bot, new Versioned(history, seen.version() + 1));
    return true;
  }

  private Versioned present(BotId bot) {
    return stored.getOrDefault(bot, new Versioned(RequestHistory.NONE, 0));
  }

  public synchronized int reads() {
    return reads;
  }

  public synchronized int writes() {
    return writes;
  }
}
