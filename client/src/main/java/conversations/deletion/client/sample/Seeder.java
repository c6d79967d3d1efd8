package conversations.deletion.client.sample;

import java.util.List;

/** Writes sample conversations into the records table. */
@FunctionalInterface
public interface Seeder {

  /**
   * Writes the conversations of a request.
   *
   * @return their ids, in the order in which they began
   */
  List<String> seed(SeedRequest request);
}
