package conversations.deletion.client.sample;

import java.util.List;

/** Writes sample conversations into the records table. */
@FunctionalInterface
public interface Seeder {

  /**
   * Writes the conversations that are asked for.
   *
   * @return their ids, in the order in which they began
   */
  List<String> seed(SeedRequest request);
}
