package conversations.deletion.local.privilege;

import conversations.deletion.local.template.PolicyStatement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What AWS does by a function's role though the function did not call for it, so that no call on
 * the wire shows it.
 */
enum OnBehalf {
  /** Lambda writes what a function prints. */
  LOGS("logs:CreateLogStream", "logs:PutLogEvents"),

  /** Lambda sends traces. X-Ray has no resource that a policy could name. */
  TRACES("xray:PutTraceSegments", "xray:PutTelemetryRecords"),

  /** Lambda receives the messages of a queue that feeds a function. */
  FEED("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),

  /** Services decrypt by the permission of who calls them, and Lambda a function's environment. */
  KEYS("kms:Decrypt", "kms:GenerateDataKey");

  private final Set<String> actions;

  OnBehalf(String... actions) {
    this.actions = Set.of(actions);
  }

  Set<String> actions() {
    return actions;
  }

  /** What a statement is for; empty where it allows calls of the function's own. */
  static Optional<OnBehalf> of(PolicyStatement statement) {
    return Arrays.stream(values())
        .filter(kind -> kind.actions.containsAll(statement.actions()))
        .findFirst();
  }
}
