package conversations.deletion.application.port;

import java.util.List;

/**
 * Checks whether a store, such as the table of records, keeps its part of the conversations in such
 * a way that a job can leave nothing behind.
 */
public interface StoreFitness {

  /**
   * Looks at the store, and at no more than keys of what it keeps.
   *
   * @return all faults of the store, each as a code, a colon and a sentence; empty if it is fit.
   *     They name only tables, indexes, attributes and buckets
   * @throws RuntimeException if the check is not possible now, but may be later
   */
  List<String> faults();
}
