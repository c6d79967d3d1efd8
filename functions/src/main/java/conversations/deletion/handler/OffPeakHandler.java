package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import conversations.deletion.application.RunOffPeakDeletions;
import conversations.deletion.config.Wiring;
import java.time.Duration;
import java.util.Map;

/**
 * What the schedule wakes every minute of the off-peak window: does one run, and answers what it
 * did. The event's content does not matter.
 */
public final class OffPeakHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private final RunOffPeakDeletions runOffPeakDeletions;

  public OffPeakHandler() {
    this(new Wiring(System.getenv()).runOffPeakDeletions());
  }

  public OffPeakHandler(RunOffPeakDeletions runOffPeakDeletions) {
    this.runOffPeakDeletions = runOffPeakDeletions;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    return runOffPeakDeletions.run(left).asMap();
  }
}
