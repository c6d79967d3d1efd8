package conversations.deletion.local.template;

import static conversations.deletion.local.template.ResourceType.MANAGED_POLICY;
import static conversations.deletion.local.template.ResourceType.ROLE;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What functions may do, by the policies of their roles, all of which a template writes out. */
public final class PolicyStatements {

  private final Template template;

  public PolicyStatements(Template template) {
    this.template = template;
  }

  /**
   * What the role of the function of that logical id may do.
   *
   * @throws TemplateException if the function's role, or a policy of it, is not in the template, or
   *     if a statement denies, or allows otherwise than by naming actions and resources
   */
  public List<PolicyStatement> of(String functionId) {
    Section function = template.properties(functionId);
    if (function.has("Policies")) {
      throw new TemplateException(function.place() + ": Policies do nothing beside a Role");
    }
    Section role = role(function.text("Role"));
    return Stream.concat(
            role.sections("Policies").stream(),
            role.texts("ManagedPolicyArns").stream().map(this::managedPolicy))
        .map(policy -> policy.section("PolicyDocument"))
        .flatMap(PolicyStatement::ofDocument)
        .toList();
  }

  private Section role(String arn) {
    return find(ROLE, arn, logicalId -> template.names().attribute(ROLE, logicalId, "Arn"));
  }

  private Section managedPolicy(String arn) {
    return find(
        MANAGED_POLICY, arn, logicalId -> template.names().reference(MANAGED_POLICY, logicalId));
  }

  private Section find(ResourceType type, String arn, UnaryOperator<String> arns) {
    return template.logicalIds(type).stream()
        .filter(logicalId -> arns.apply(logicalId).equals(arn))
        .findFirst()
        .map(template::properties)
        .orElseThrow(() -> new TemplateException("The template has no %s %s".formatted(type, arn)));
  }
}
