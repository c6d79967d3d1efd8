package conversations.deletion.local.template;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The template that is deployed, for the tests that read it as a stack would. */
final class DeployedTemplate {

  static final Account ACCOUNT = new Account("123456789012", "eu-central-1", "stack");

  private DeployedTemplate() {}

  /** With these parameters, and what has no default. */
  static Template with(Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("SenderAddress", "a@b.example");
    return Template.read(Path.of("../template.yaml"), all, ACCOUNT, "http://queues/"::concat);
  }
}
