package conversations.deletion.bench;

import java.util.List;

/** Something that can be measured, against its reference and in the same run. */
public interface Measurement {

  /**
   * Measures it once, rounds and warm-up included.
   *
   * @throws Exception if it could not be measured: then the benchmark fails rather than go without
   */
  List<Figure> measure() throws Exception;
}
