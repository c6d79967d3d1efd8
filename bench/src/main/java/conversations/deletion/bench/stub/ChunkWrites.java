package conversations.deletion.bench.stub;

import java.util.HashMap;
import java.util.Map;

/** The two most expensive writes of each chunk. Safe for use by several threads. */
final class ChunkWrites {

  private record Two(long dearest, long second) {

    Two plus(long units) {
      return units > dearest ? new Two(units, dearest) : new Two(dearest, Math.max(second, units));
    }

    long sum() {
      return dearest + second;
    }
  }

  private final Map<String, Two> byItem = new HashMap<>();

  synchronized void add(String item, long units) {
    byItem.merge(item, new Two(units, 0), (before, _) -> before.plus(units));
  }

  synchronized long twoOfEach() {
    return byItem.values().stream().mapToLong(Two::sum).sum();
  }
}
