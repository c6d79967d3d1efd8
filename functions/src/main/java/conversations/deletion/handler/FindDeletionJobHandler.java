package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.FindDeletionJob;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.handler.Endpoint.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/public/bot/{botId}/conversations/delete/{jobId}}: tells how a job stands. */
public final class FindDeletionJobHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final FindDeletionJob findDeletionJob;
  private final Endpoint endpoint;

  public FindDeletionJobHandler() {
    this(new Wiring(System.getenv()));
  }

  private FindDeletionJobHandler(Wiring wiring) {
    this(wiring.findDeletionJob(), wiring.operatorLog(), wiring.outages());
  }

  public FindDeletionJobHandler(FindDeletionJob findDeletionJob, OperatorLog log, Outages outages) {
    this.findDeletionJob = findDeletionJob;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, log, outages);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::find);
  }

  private Answer find(Request request) {
    return Optional.ofNullable(request.event().getPathParameters().get("jobId"))
        .filter(JobId::isValid)
        .map(JobId::new)
        .flatMap(job -> findDeletionJob.find(request.bot(), job))
        .map(job -> Answer.json(200, Map.of(), toJson(job)))
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }

  private static Map<String, Object> toJson(DeletionJob job) {
    JobState state = job.state();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("jobId", job.id().value());
    json.put("status", state.status().text());
    json.put("requestType", job.target().requestType().text());
    json.put("submittedAt", Timestamps.format(job.submittedAt()));
    json.put("scheduledAt", Timestamps.format(state.scheduledAt()));
    state.startedAt().ifPresent(at -> json.put("startedAt", Timestamps.format(at)));
    state.completedAt().ifPresent(at -> json.put("completedAt", Timestamps.format(at)));
    json.put("result", toJson(state.counts(), state.retries().remaining()));
    if (state.status().isEnd()) {
      json.put("notification", toJson(state.notification()));
    }
    return json;
  }

  private static Map<String, Object> toJson(Counts counts, int retriesRemaining) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("totalConversations", counts.total());
    json.put("processedCount", counts.processed());
    json.put("deletedCount", counts.deletedRecords());
    json.put("deletedConversations", counts.deleted());
    json.put("failedCount", counts.failed());
    json.put("skippedCount", counts.skipped());
    json.put("retriesRemaining", retriesRemaining);
    return json;
  }

  private static Map<String, Object> toJson(OwnerNotification notification) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", notification.status().text());
    notification.sentAt().ifPresent(at -> json.put("sentAt", Timestamps.format(at)));
    notification.reason().ifPresent(reason -> json.put("reason", reason));
    return json;
  }
}
