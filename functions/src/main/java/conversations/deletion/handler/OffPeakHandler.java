package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import conversations.deletion.application.offpeak.ReportBacklog;
import conversations.deletion.application.offpeak.RequireFitRecords;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.config.Wiring;
import java.time.Duration;
import java.util.Map;

/**
 * What the schedule wakes every minute of the off-peak window: reports how much waits, does one
 * run, and answers what it did. The event's content does not matter. Fails, with nothing deleted,
 * where the conversation records are not kept as they must be.
 */
public final class OffPeakHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private final ReportBacklog reportBacklog;
  private final RequireFitRecords requireFitRecords;
  private final RunOffPeakDeletions runOffPeakDeletions;
  private final OperatorLog log;

  public OffPeakHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public OffPeakHandler(Wiring wiring) {
    this(
        wiring.reportBacklog(),
        wiring.requireFitRecords(),
        wiring.runOffPeakDeletions(),
        wiring.operatorLog());
  }

  public OffPeakHandler(
      ReportBacklog reportBacklog,
      RequireFitRecords requireFitRecords,
      RunOffPeakDeletions runOffPeakDeletions,
      OperatorLog log) {
    this.reportBacklog = reportBacklog;
    this.requireFitRecords = requireFitRecords;
    this.runOffPeakDeletions = runOffPeakDeletions;
    this.log = log;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    log.begin(Map.of("requestId", context.getAwsRequestId()));
    reportBacklog.report();
    requireFitRecords.requireFit();
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    return runOffPeakDeletions.run(left).asMap();
  }
}
