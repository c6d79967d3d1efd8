package conversations.deletion.bench;

import java.util.List;

/** Measures something of the service against its reference, in the same run. */
public interface Measurement {

  /**
   * Measures once, rounds and warm-up included.
   *
   * @throws Exception if the measurement fails; the benchmark then fails after all others
   */
  List<Figure> measure() throws Exception;
}
