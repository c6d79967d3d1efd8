package conversations.deletion.testing;

import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.RequestHistory;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps request histories by their key, as the table does, and counts how often it was asked to.
 */
public class InMemoryRequestHistories implements RequestHistories {

  private final Map<String, Versioned> stored = new HashMap<>();
  private int reads;
  private int writes;

  @Override
  public synchronized Versioned find(Budget budget) {
    reads++;
    return present(budget);
  }

  @Override
  public synchronized boolean replace(Budget budget, Versioned seen, RequestHistory history) {
    writes++;
    if (present(budget).version() != seen.version()) {
      return false;
    }
    stored.put(budget.key(), new Versioned(history, seen.version() + 1));
    return true;
  }

  private Versioned present(Budget budget) {
    return stored.getOrDefault(budget.key(), new Versioned(RequestHistory.NONE, 0));
  }

  public synchronized int reads() {
    return reads;
  }

  public synchronized int writes() {
    return writes;
  }
}
