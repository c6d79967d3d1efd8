package conversations.deletion.local.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a statement of a policy allows.
 *
 * @param conditions as in the template, by operator; empty where the statement always holds
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">Elements
 *     of policies</a>
 */
public record PolicyStatement(
    List<String> actions, List<String> resources, Map<String, Object> conditions) {

  public PolicyStatement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = Map.copyOf(conditions);
  }

  static Stream<PolicyStatement> ofDocument(Section policy) {
    policy.onlyHas(Set.of("Version", "Statement"));
    return policy.sections("Statement").stream().map(PolicyStatement::of);
  }

  private static PolicyStatement of(Section statement) {
    statement.onlyHas(Set.of("Sid", "Effect", "Action", "Resource", "Condition"));
    if (!statement.text("Effect").equals("Allow")) {
      throw new TemplateException(statement.place() + ": only Allow is understood here");
    }
    return new PolicyStatement(
        oneOrMore(statement, "Action"),
        oneOrMore(statement, "Resource"),
        statement.section("Condition").values());
  }

  private static List<String> oneOrMore(Section section, String name) {
    return section.values().get(name) instanceof List<?>
        ? section.texts(name)
        : List.of(section.text(name));
  }
}
