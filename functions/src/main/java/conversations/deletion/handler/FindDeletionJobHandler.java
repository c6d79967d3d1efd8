package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.FindDeletionJob;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.Scope;
import conversations.deletion.handler.Endpoint.Request;
import java.util.Map;

/** {@code GET /api/public/bot/{botId}/conversations/delete/{jobId}}: gives a job's state. */
public final class FindDeletionJobHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final FindDeletionJob findDeletionJob;
  private final Endpoint endpoint;

  public FindDeletionJobHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public FindDeletionJobHandler(Wiring wiring) {
    this(wiring.findDeletionJob(), new EndpointServices(wiring));
  }

  public FindDeletionJobHandler(FindDeletionJob findDeletionJob, EndpointServices services) {
    this.findDeletionJob = findDeletionJob;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::find);
  }

  private Answer find(Request request) {
    return findDeletionJob
        .find(request.bot(), request.job())
        .map(job -> Answer.json(200, Map.of(), JobDocument.of(job, request.seesHolds())))
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }
}
