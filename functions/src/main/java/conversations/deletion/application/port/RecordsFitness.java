package conversations.deletion.application.port;

import java.util.List;

/**
 * Checks whether conversation records are kept in such a way that a job can leave nothing behind.
 */
public interface RecordsFitness {

  /**
   * Looks at the place where they are kept, and at some of the records' keys.
   *
   * @return all faults of that place, each as a code, a colon and a sentence; empty if it is fit.
   *     They name only tables, indexes and attributes
   * @throws RuntimeException if the check is not possible now, but may be later
   */
  List<String> faults();
}
