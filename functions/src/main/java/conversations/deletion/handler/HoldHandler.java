package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.holds.EarliestExpiry;
import conversations.deletion.application.holds.PlaceHold;
import conversations.deletion.application.holds.PlaceHold.IsAnother;
import conversations.deletion.application.holds.PlaceHold.Placed;
import conversations.deletion.application.holds.PlaceHold.WasReleased;
import conversations.deletion.application.holds.ReleaseHold;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldRequest;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.handler.Endpoint.Request;
import java.util.Map;

/**
 * {@code PUT} and {@code DELETE /api/public/bot/{botId}/conversations/holds/{holdId}}: places a
 * hold, and releases it. The body of a release is ignored.
 */
public final class HoldHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private static final String HOLD_ID = "holdId";

  private final PlaceHold placeHold;
  private final ReleaseHold releaseHold;
  private final EarliestExpiry earliestExpiry;
  private final Endpoint endpoint;

  public HoldHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public HoldHandler(Wiring wiring) {
    this(
        wiring.placeHold(),
        wiring.releaseHold(),
        wiring.earliestExpiry(),
        new EndpointServices(wiring));
  }

  public HoldHandler(
      PlaceHold placeHold,
      ReleaseHold releaseHold,
      EarliestExpiry earliestExpiry,
      EndpointServices services) {
    this.placeHold = placeHold;
    this.releaseHold = releaseHold;
    this.earliestExpiry = earliestExpiry;
    this.endpoint = new Endpoint(Scope.HOLD_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    boolean isRelease = "DELETE".equals(event.getHttpMethod());
    return endpoint.serve(event, context, isRelease ? this::release : this::place);
  }

  private Answer place(Request request) {
    String body = JsonBody.of(request.event());
    Faults faults = new Faults();
    String id = request.holdId();
    if (!HoldId.isValid(id)) {
      faults.add(HOLD_ID, "invalid_id", RequestFields.ID_EXPECTED);
    }
    HoldRequest asked = HoldRequestParser.parse(body, faults);
    return switch (placeHold.place(request.bot(), new HoldId(id), asked, request.clientApp())) {
      case Placed(Hold hold, boolean isNew) -> placed(hold, isNew ? 201 : 200);
      case IsAnother _ ->
          throw new ProblemException(
              Problem.conflict(
                  "There is another hold with this id.",
                  new Fault(
                      HOLD_ID, "hold_exists", "A hold with this id asks for something else.")));
      case WasReleased _ ->
          throw new ProblemException(
              Problem.conflict(
                  "The hold was released.",
                  new Fault(
                      HOLD_ID, "hold_released", "An id is good for one hold. Choose another.")));
    };
  }

  private Answer placed(Hold hold, int status) {
    Map<String, Object> json = HoldDocument.of(hold);
    earliestExpiry.of(hold).ifPresent(at -> json.put("earliestExpiresAt", Timestamps.format(at)));
    return Answer.json(status, Map.of(), json);
  }

  private Answer release(Request request) {
    return releaseHold
        .release(request.bot(), request.hold(), request.clientApp())
        .map(hold -> Answer.json(200, Map.of(), HoldDocument.of(hold)))
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }
}
