package conversations.deletion.local.privilege;

import java.util.Comparator;
import java.util.Map;

/**
 * Something that a function did, as IAM sees it.
 *
 * @param action the service's prefix and the action, as {@code sqs:SendMessage}
 * @param resource an ARN
 * @param context what conditions may ask for, by condition key
 */
record Use(String action, String resource, Map<String, String> context) implements Comparable<Use> {

  private static final Comparator<Use> ORDER =
      Comparator.comparing(Use::action).thenComparing(Use::resource);

  /** A use that tells nothing to conditions. */
  Use(String action, String resource) {
    this(action, resource, Map.of());
  }

  /** The prefix of the service. */
  String service() {
    return action.substring(0, action.indexOf(':'));
  }

  @Override
  public int compareTo(Use other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return action + " on " + resource + (context.isEmpty() ? "" : " with " + context);
  }
}
