package conversations.deletion.local.privilege;

import conversations.deletion.local.template.PolicyStatement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that a function may do.
 *
 * @param resource an ARN, in which {@code *} stands for any text
 * @param required what the context of a use has to say, by condition key
 * @param among of what the context of a use may name some and no other, by condition key
 */
record Grant(
    String action, String resource, Map<String, String> required, Map<String, List<?>> among)
    implements Comparable<Grant> {

  private static final String AMONG = "ForAllValues:StringEquals";

  private static final Comparator<Grant> ORDER =
      Comparator.comparing(Grant::action).thenComparing(Grant::resource);

  /** A grant that lets nobody choose. */
  Grant(String action, String resource, Map<String, String> required) {
    this(action, resource, required, Map.of());
  }

  /**
   * Each action of the statement on each of its resources.
   *
   * @throws IllegalArgumentException if it is not known when its conditions hold
   */
  static Stream<Grant> of(PolicyStatement statement) {
    Map<String, String> required = required(statement.conditions());
    Map<String, List<?>> among = among(statement.conditions());
    return statement.actions().stream()
        .flatMap(
            action ->
                statement.resources().stream()
                    .map(resource -> new Grant(action, resource, required, among)));
  }

  private static Map<String, String> required(Map<String, Object> conditions) {
    LinkedHashMap<String, String> required = new LinkedHashMap<String, String>();
    if (!Set.of("StringEquals", AMONG).containsAll(conditions.keySet())) {
      throw new IllegalArgumentException("It is not known when these hold: " + conditions);
    }
    if (conditions.get("StringEquals") instanceof Map<?, ?> equal) {
      equal.forEach((key, value) -> required.put(String.valueOf(key), String.valueOf(value)));
    }
    return required;
  }

  private static Map<String, List<?>> among(Map<String, Object> conditions) {
    LinkedHashMap<String, List<?>> among = new LinkedHashMap<>();
    if (conditions.get(AMONG) instanceof Map<?, ?> some) {
      some.forEach((key, values) -> among.put(String.valueOf(key), (List<?>) values));
    }
    return among;
  }

  /** Tells whether this grant is what allows that. */
  boolean covers(Use use) {
    return action.equals(use.action())
        && Pattern.matches(Pattern.quote(resource).replace("*", "\\E.*\\Q"), use.resource())
        && use.context().entrySet().containsAll(required.entrySet())
        && among.entrySet().stream()
            .allMatch(
                some ->
                    some.getValue()
                        .containsAll(
                            List.of(use.context().getOrDefault(some.getKey(), "").split(","))));
  }

  @Override
  public int compareTo(Grant other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return action
        + " on "
        + resource
        + (required.isEmpty() ? "" : " with " + required)
        + (among.isEmpty() ? "" : " of " + among);
  }
}
