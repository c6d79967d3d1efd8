package conversations.deletion.local.template;

/**
 * The template's rules: what no single parameter can say of itself. CloudFormation asserts them
 * before it makes anything.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html">Rules</a>
 */
final class Rules {

  private Rules() {}

  /**
   * @throws TemplateException if an assertion does not hold; it tells the assertion's description
   */
  static void keep(Section rules, Intrinsics intrinsics) {
    for (String name : rules.names()) {
      Section rule = rules.section(name);
      if (!rule.has("RuleCondition")
          || intrinsics.holds(rule.place(), rule.values().get("RuleCondition"))) {
        for (Section assertion : rule.sections("Assertions")) {
          if (!intrinsics.holds(assertion.place(), assertion.values().get("Assert"))) {
            throw new TemplateException(
                "Rule %s: %s".formatted(name, assertion.text("AssertDescription")));
          }
        }
      }
    }
  }
}
