package conversations.deletion.local;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * If the chosen peer is not available, one test class fails and says so. The others are skipped,
 * because hundreds of failures for the same reason would hide it.
 */
public final class PeerCondition implements ExecutionCondition {

  private static final AtomicBoolean SAID = new AtomicBoolean();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> whyNot = AwsPeer.whyNot();
    if (whyNot.isEmpty()) {
      return ConditionEvaluationResult.enabled("The peer is there.");
    }
    if (SAID.compareAndSet(false, true)) {
      throw new IllegalStateException(whyNot.get());
    }
    return ConditionEvaluationResult.disabled(whyNot.get());
  }
}
