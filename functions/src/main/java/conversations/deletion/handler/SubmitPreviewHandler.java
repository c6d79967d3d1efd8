package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.previews.SubmitPreview;
import conversations.deletion.application.previews.SubmitPreview.Accepted;
import conversations.deletion.application.previews.SubmitPreview.KeyReused;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.DeletionRequest.Described;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.Submission;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.handler.Endpoint.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /api/public/bot/{botId}/conversations/deletion-previews}: accepts a preview. */
public final class SubmitPreviewHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final SubmitPreview submitPreview;
  private final InstantSource clock;
  private final Endpoint endpoint;

  public SubmitPreviewHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public SubmitPreviewHandler(Wiring wiring) {
    this(wiring.submitPreview(), wiring.clock(), new EndpointServices(wiring));
  }

  public SubmitPreviewHandler(
      SubmitPreview submitPreview, InstantSource clock, EndpointServices services) {
    this.submitPreview = submitPreview;
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
    Submission<Described> submission =
        Submissions.read(request, now, DeletionRequestParser::ofPreview);
    return switch (submitPreview.submit(submission)) {
      case Accepted accepted -> accepted(accepted, request);
      case KeyReused _ -> throw new ProblemException(Problem.idempotencyKeyReused());
    };
  }

  private static Answer accepted(Accepted accepted, Request request) {
    Preview preview = accepted.preview();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "queued");
    body.put("previewId", preview.id().value());
    body.put("message", "Preview queued successfully. Nothing is deleted by it.");
    body.put("submittedAt", Timestamps.format(preview.submittedAt()));
    return Submissions.accepted(
        request.location(preview.id()),
        Math.max(1, Math.ceilDiv(accepted.settles().toMillis(), 1000)),
        body,
        accepted.replayed());
  }
}
