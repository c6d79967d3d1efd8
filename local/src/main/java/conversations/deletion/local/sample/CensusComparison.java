package conversations.deletion.local.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * What two censuses say about a deletion.
 *
 * @param what the things that were counted, in the plural
 * @param gone things that should be gone, were there before and are not there after
 * @param untouched all others that are as they were
 * @param differences one legible line for each thing that is not as it should be
 */
public record CensusComparison(String what, int gone, int untouched, List<String> differences) {
  private static final int SHOWN = 20;

  public CensusComparison {
    differences = List.copyOf(differences);
  }

  /** What became of one thing. */
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

  /**
   * Compares fingerprints, by the group that things are in and then by their own keys.
   *
   * @param asked tells by group and key whether a thing should be gone
   */
  static CensusComparison of(
      String what,
      Map<String, SortedMap<String, String>> before,
      Map<String, SortedMap<String, String>> after,
      BiPredicate<String, String> asked) {
    Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    List<String> differences = new ArrayList<>();
    for (String group : union(before, after)) {
      Map<String, String> was = before.getOrDefault(group, Collections.emptySortedMap());
      Map<String, String> is = after.getOrDefault(group, Collections.emptySortedMap());
      for (String key : union(was, is)) {
        Fate fate = Fate.of(asked.test(group, key), was.get(key), is.get(key));
        counts.merge(fate, 1, Integer::sum);
        if (!fate.isRight()) {
          differences.add("%-12s %s %s".formatted(fate, group, key));
        }
      }
    }
    return new CensusComparison(
        what,
        counts.getOrDefault(Fate.GONE, 0),
        counts.getOrDefault(Fate.UNTOUCHED, 0),
        differences);
  }

  /**
   * Tells whether nothing is left of what should be gone, and everything else is as it was, byte
   * for byte.
   */
  public boolean isExact() {
    return differences.isEmpty();
  }

  /** A summary, and the first of the differences, one per line. */
  public String report() {
    StringBuilder report =
        new StringBuilder(
            """
            %d %s of what was asked for are gone, %d others are byte for byte as they were, \
            %d are not as they should be\
            """
                .formatted(gone, what, untouched, differences.size()));
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
}
