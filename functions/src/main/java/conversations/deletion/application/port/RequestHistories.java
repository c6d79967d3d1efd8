package conversations.deletion.application.port;

import conversations.deletion.domain.Budget;
import conversations.deletion.domain.RequestHistory;

/** The history of the requests of each budget, shared by all function instances. */
public interface RequestHistories {

  /** Finds the history that was stored last; it is empty where there was no request. */
  Versioned find(Budget budget);

  /**
   * Replaces a budget's history by another.
   *
   * @param seen what {@link #find} found
   * @return false if another request has replaced it since; then nothing has changed
   */
  boolean replace(Budget budget, Versioned seen, RequestHistory history);

  /**
   * A history as it was at some time.
   *
   * @param version tells it from the histories before and after it; 0 if none was stored
   */
  record Versioned(RequestHistory history, long version) {}
}
