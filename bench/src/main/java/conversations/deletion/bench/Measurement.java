package conversations.deletion.bench;

import java.util.List;

/** Measures something of the service against its reference, in the same run. */
public interface Measurement {

  /**
   * Measures once, rounds and warm-up included.
   *
   * @throws Exception if the measurement fails; then the whole benchmark fails
   */
  List<Figure> measure() throws Exception;
}
