package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.previews.EstimateRates;
import conversations.deletion.application.previews.FindPreview;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.Scope;
import conversations.deletion.handler.Endpoint.Request;
import java.util.Map;

/**
 * {@code GET /api/public/bot/{botId}/conversations/deletion-previews/{previewId}}: tells what a
 * preview has counted.
 */
public final class FindPreviewHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final FindPreview findPreview;
  private final EstimateRates rates;
  private final Endpoint endpoint;

  public FindPreviewHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public FindPreviewHandler(Wiring wiring) {
    this(wiring.findPreview(), wiring.estimateRates(), new EndpointServices(wiring));
  }

  public FindPreviewHandler(
      FindPreview findPreview, EstimateRates rates, EndpointServices services) {
    this.findPreview = findPreview;
    this.rates = rates;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::find);
  }

  private Answer find(Request request) {
    return findPreview
        .find(request.bot(), request.preview())
        .map(
            preview ->
                Answer.json(200, Map.of(), PreviewDocument.of(preview, rates, request.seesHolds())))
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }
}
