package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import conversations.deletion.application.housekeeping.KeepHouse;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.config.Wiring;
import java.time.Duration;
import java.util.Map;

/**
 * The function that a schedule calls every five minutes, at any hour. It never deletes a
 * conversation. It answers how many things each task has done, and fails if a task failed. The
 * content of the event does not matter.
 */
public final class HousekeepingHandler
    implements RequestHandler<Map<String, Object>, Map<String, Integer>> {

  private final KeepHouse keepHouse;
  private final OperatorLog log;

  public HousekeepingHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public HousekeepingHandler(Wiring wiring) {
    this(wiring.keepHouse(), wiring.operatorLog());
  }

  public HousekeepingHandler(KeepHouse keepHouse, OperatorLog log) {
    this.keepHouse = keepHouse;
    this.log = log;
  }

  @Override
  public Map<String, Integer> handleRequest(Map<String, Object> event, Context context) {
    log.begin(Map.of("requestId", context.getAwsRequestId()));
    KeepHouse.Summary summary =
        keepHouse.run(() -> Duration.ofMillis(context.getRemainingTimeInMillis()));
    if (!summary.areAll()) {
      throw new RunFailedException();
    }
    return summary.done();
  }
}
