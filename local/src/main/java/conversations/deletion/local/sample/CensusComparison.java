package conversations.deletion.local.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two censuses say about a deletion.
 *
 * @param recordsGone records of the conversations asked for that were there before and are not
 *     there after
 * @param recordsUntouched records of all other conversations that are byte for byte as they were
 * @param differences one legible line for each record that is not as it should be
 */
public record CensusComparison(int recordsGone, int recordsUntouched, List<String> differences) {
  private static final int SHOWN = 20;

  public CensusComparison {
    differences = List.copyOf(differences);
  }

  /** What became of one record. */
  private enum Fate {
    GONE,
    UNTOUCHED,
    LEFT_BEHIND,
    WRONGLY_GONE,
    ADDED,
    CHANGED;

    static Fate of(boolean asked, String before, String after) {
      if (asked) {
        return after == null ? GONE : LEFT_BEHIND;
      }
      if (before == null) {
        return ADDED;
      }
      if (after == null) {
        return WRONGLY_GONE;
      }
      return before.equals(after) ? UNTOUCHED : CHANGED;
    }

    boolean isRight() {
      return this == GONE || this == UNTOUCHED;
    }
  }

  static CensusComparison of(Census before, Census after, Collection<String> asked) {
    Set<String> askedKeys = Set.copyOf(asked);
    Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    List<String> differences = new ArrayList<>();
    for (String key : union(before.conversations(), after.conversations())) {
      SortedMap<String, String> was = fingerprints(before, key);
      SortedMap<String, String> is = fingerprints(after, key);
      for (String recordKey : union(was, is)) {
        Fate fate = Fate.of(askedKeys.contains(key), was.get(recordKey), is.get(recordKey));
        counts.merge(fate, 1, Integer::sum);
        if (!fate.isRight()) {
          differences.add("%-12s %s %s".formatted(fate, key, recordKey));
        }
      }
    }
    return new CensusComparison(
        counts.getOrDefault(Fate.GONE, 0), counts.getOrDefault(Fate.UNTOUCHED, 0), differences);
  }

  /**
   * Tells whether nothing is left of what was asked for, and everything else is as it was, byte for
   * byte.
   */
  public boolean isExact() {
    return differences.isEmpty();
  }

  /** A summary, and the first of the differences, one per line. */
  public String report() {
    StringBuilder report =
        new StringBuilder(
            """
            %d records of what was asked for are gone, %d others are byte for byte as they were, \
            %d are not as they should be\
            """
                .formatted(recordsGone, recordsUntouched, differences.size()));
    differences.stream().limit(SHOWN).forEach(line -> report.append("\n  ").append(line));
    if (differences.size() > SHOWN) {
      report.append("\n  and %d more".formatted(differences.size() - SHOWN));
    }
    return report.toString();
  }

  private static Set<String> union(Map<String, ?> one, Map<String, ?> other) {
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }

  private static SortedMap<String, String> fingerprints(Census census, String key) {
    Census.Conversation conversation = census.conversations().get(key);
    return conversation == null ? new TreeMap<>() : conversation.fingerprints();
  }
}
