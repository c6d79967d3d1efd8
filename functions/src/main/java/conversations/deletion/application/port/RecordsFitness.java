package conversations.deletion.application.port;

import java.util.List;

/** Tells whether conversation records are kept so that a job can leave nothing behind. */
public interface RecordsFitness {

  /**
   * Looks at where they are kept, not at the records.
   *
   * @return all that is wrong there, each as a code, a colon and a sentence; empty if it is fit.
   *     Holds no more than names of tables, indexes and attributes
   * @throws RuntimeException if it cannot be told now, and may be later
   */
  List<String> faults();
}
