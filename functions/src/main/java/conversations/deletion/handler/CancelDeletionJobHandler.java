package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.CancelDeletionJob;
import conversations.deletion.application.jobs.CancelDeletionJob.AlreadyEnded;
import conversations.deletion.application.jobs.CancelDeletionJob.Cancelled;
import conversations.deletion.application.jobs.CancelDeletionJob.Requested;
import conversations.deletion.application.jobs.CancelDeletionJob.Unknown;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Scope;
import conversations.deletion.handler.Endpoint.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code DELETE /api/public/bot/{botId}/conversations/delete/{jobId}}: cancels a job that has not
 * ended. A body is ignored.
 */
public final class CancelDeletionJobHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private static final Fault HAS_ENDED =
      new Fault("jobId", "job_has_ended", "A job that has ended cannot be cancelled.");

  private final CancelDeletionJob cancelDeletionJob;
  private final Endpoint endpoint;

  public CancelDeletionJobHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public CancelDeletionJobHandler(Wiring wiring) {
    this(wiring.cancelDeletionJob(), new EndpointServices(wiring));
  }

  public CancelDeletionJobHandler(CancelDeletionJob cancelDeletionJob, EndpointServices services) {
    this.cancelDeletionJob = cancelDeletionJob;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, Budget.Kind.CANCELS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::cancel);
  }

  private Answer cancel(Request request) {
    return switch (cancelDeletionJob.cancel(request.bot(), request.job(), request.clientApp())) {
      case Cancelled(DeletionJob job) -> accepted(job, "Deletion job cancelled.");
      case Requested(DeletionJob job) ->
          accepted(
              job,
              "Cancellation requested."
                  + " The job first finishes the conversations that it has begun.");
      case AlreadyEnded _ ->
          throw new ProblemException(Problem.conflict("The job has ended.", HAS_ENDED));
      case Unknown _ -> throw new ProblemException(Problem.notFound());
    };
  }

  private static Answer accepted(DeletionJob job, String message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("jobId", job.id().value());
    json.put("status", job.state().status().text());
    json.put("message", message);
    return Answer.json(202, Map.of(), json);
  }
}
