package conversations.deletion.local.privilege;

import conversations.deletion.local.template.PolicyStatement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that a function may do.
 *
 * @param resource an ARN, in which {@code *} stands for any text
 * @param required what the context of a use has to say, by condition key
 */
record Grant(String action, String resource, Map<String, String> required)
    implements Comparable<Grant> {

  private static final Comparator<Grant> ORDER =
      Comparator.comparing(Grant::action).thenComparing(Grant::resource);

  /**
   * Each action of the statement on each of its resources.
   *
   * @throws IllegalArgumentException if it is not known when its conditions hold
   */
  static Stream<Grant> of(PolicyStatement statement) {
    Map<String, String> required = required(statement.conditions());
    return statement.actions().stream()
        .flatMap(
            action ->
                statement.resources().stream()
                    .map(resource -> new Grant(action, resource, required)));
  }

  private static Map<String, String> required(Map<String, Object> conditions) {
    LinkedHashMap<String, String> required = new LinkedHashMap<String, String>();
    if (!Set.of("StringEquals").containsAll(conditions.keySet())) {
      throw new IllegalArgumentException("It is not known when these hold: " + conditions);
    }
    if (conditions.get("StringEquals") instanceof Map<?, ?> equal) {
      equal.forEach((key, value) -> required.put(String.valueOf(key), String.valueOf(value)));
    }
    return required;
  }

  /** Tells whether this grant is what allows that. */
  boolean covers(Use use) {
    return action.equals(use.action())
        && Pattern.matches(Pattern.quote(resource).replace("*", "\\E.*\\Q"), use.resource())
        && use.context().entrySet().containsAll(required.entrySet());
  }

  @Override
  public int compareTo(Grant other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return action + " on " + resource + (required.isEmpty() ? "" : " with " + required);
  }
}
