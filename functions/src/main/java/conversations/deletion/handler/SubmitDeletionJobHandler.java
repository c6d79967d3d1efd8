package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.PreviewRefusal;
import conversations.deletion.application.jobs.SubmitDeletionJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.jobs.SubmitDeletionJob.KeyReused;
import conversations.deletion.application.jobs.SubmitDeletionJob.NoJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.TooManyOpenJobs;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.Submission;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.handler.Endpoint.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /api/public/bot/{botId}/conversations/delete}: accepts a deletion job. */
public final class SubmitDeletionJobHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  /** Off-peak runs begin once a minute at most, so it is no use to ask earlier. */
  private static final long LEAST_RETRY_AFTER_SECONDS = 60;

  private final SubmitDeletionJob submitDeletionJob;
  private final InstantSource clock;
  private final Endpoint endpoint;

  public SubmitDeletionJobHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public SubmitDeletionJobHandler(Wiring wiring) {
    this(wiring.submitDeletionJob(), wiring.clock(), new EndpointServices(wiring));
  }

  public SubmitDeletionJobHandler(
      SubmitDeletionJob submitDeletionJob, InstantSource clock, EndpointServices services) {
    this.submitDeletionJob = submitDeletionJob;
    this.clock = clock;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::submit);
  }

  private Answer submit(Request request) {
    Instant now = Timestamps.toMillis(clock.instant());
    Submission<DeletionRequest> submission =
        Submissions.read(request, now, DeletionRequestParser::parse);
    return switch (submitDeletionJob.submit(submission)) {
      case Accepted accepted -> accepted(accepted, request);
      case TooManyOpenJobs(Instant opening) ->
          throw new ProblemException(Problem.tooManyOpenJobs(retryAfterSeconds(now, opening)));
      case NoJob(PreviewRefusal why) -> throw new ProblemException(PreviewProblems.of(why));
      case KeyReused _ -> throw new ProblemException(Problem.idempotencyKeyReused());
    };
  }

  private static Answer accepted(Accepted accepted, Request request) {
    DeletionJob job = accepted.job();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "queued");
    body.put("jobId", job.id().value());
    body.put(
        "message",
        "Deletion job queued successfully."
            + " The bot owner will be notified by email on completion.");
    body.put("submittedAt", Timestamps.format(job.submittedAt()));
    return Submissions.accepted(
        request.location(job.id()),
        retryAfterSeconds(job.submittedAt(), accepted.due()),
        body,
        accepted.replayed());
  }

  private static long retryAfterSeconds(Instant now, Instant opening) {
    long wait = Math.ceilDiv(Duration.between(now, opening).toMillis(), 1000);
    return Math.max(LEAST_RETRY_AFTER_SECONDS, wait);
  }
}
