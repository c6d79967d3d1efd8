package conversations.deletion.local.privilege;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a function is granted, and what it used.
 *
 * @param function its logical id
 */
record Privileges(String function, Set<Grant> granted, Set<Use> used) {

  /** What was granted and never used, and what was used and not granted, each in a sentence. */
  List<String> faults() {
    return Stream.concat(
            granted.stream()
                .filter(grant -> used.stream().noneMatch(grant::covers))
                .sorted()
                .map(grant -> "%s is granted %s and never uses it".formatted(function, grant)),
            used.stream()
                .filter(use -> granted.stream().noneMatch(grant -> grant.covers(use)))
                .sorted()
                .map(use -> "%s uses %s and is not granted it".formatted(function, use)))
        .toList();
  }
}
