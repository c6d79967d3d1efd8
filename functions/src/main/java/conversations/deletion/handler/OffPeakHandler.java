package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import conversations.deletion.application.offpeak.ReportBacklog;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.reading.RequireFitStores;
import conversations.deletion.application.reading.UnfitStoresException;
import conversations.deletion.config.Wiring;
import java.time.Duration;
import java.util.Map;

/**
 * The function that the schedule calls in the off-peak window, by default every minute. It reports
 * the backlog, does one run, and answers what the run did. The content of the event does not
 * matter. If the table of conversation records, or the bucket of attachments, is not as it must be,
 * the function fails and deletes nothing.
 */
public final class OffPeakHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private final ReportBacklog reportBacklog;
  private final RequireFitStores requireFitStores;
  private final RunOffPeakDeletions runOffPeakDeletions;
  private final OperatorLog log;

  public OffPeakHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public OffPeakHandler(Wiring wiring) {
    this(
        wiring.reportBacklog(),
        wiring.requireFitStores(),
        wiring.runOffPeakDeletions(),
        wiring.operatorLog());
  }

  public OffPeakHandler(
      ReportBacklog reportBacklog,
      RequireFitStores requireFitStores,
      RunOffPeakDeletions runOffPeakDeletions,
      OperatorLog log) {
    this.reportBacklog = reportBacklog;
    this.requireFitStores = requireFitStores;
    this.runOffPeakDeletions = runOffPeakDeletions;
    this.log = log;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    log.begin(Map.of("requestId", context.getAwsRequestId()));
    reportBacklog.report();
    try {
      requireFitStores.requireFit();
      Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
      return runOffPeakDeletions.run(left).asMap();
    } catch (UnfitStoresException e) {
      throw e;
    } catch (RuntimeException _) {
      throw new RunFailedException();
    }
  }
}
