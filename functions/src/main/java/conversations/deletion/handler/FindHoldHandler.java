package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.holds.FindHold;
import conversations.deletion.application.holds.ListHolds;
import conversations.deletion.application.port.HoldReads.HoldPage;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.Scope;
import conversations.deletion.handler.Endpoint.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /api/public/bot/{botId}/conversations/holds} and {@code .../holds/{holdId}}: lists the
 * bot's holds, and shows one with the jobs that wait for it.
 */
public final class FindHoldHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final FindHold findHold;
  private final ListHolds listHolds;
  private final Endpoint endpoint;

  public FindHoldHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public FindHoldHandler(Wiring wiring) {
    this(wiring.findHold(), wiring.listHolds(), new EndpointServices(wiring));
  }

  public FindHoldHandler(FindHold findHold, ListHolds listHolds, EndpointServices services) {
    this.findHold = findHold;
    this.listHolds = listHolds;
    this.endpoint = new Endpoint(Scope.HOLD_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(
        event, context, request -> request.holdId() == null ? list(request) : find(request));
  }

  private Answer find(Request request) {
    return findHold
        .find(request.bot(), request.hold())
        .map(hold -> Answer.json(200, Map.of(), HoldDocument.of(hold)))
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }

  private Answer list(Request request) {
    HoldsQuery query = HoldsQuery.of(request);
    HoldPage page = listHolds.list(request.bot(), query.after(), query.limit());
    List<Map<String, Object>> holds = new ArrayList<>();
    for (Hold hold : page.holds()) {
      holds.add(HoldDocument.of(hold));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("holds", holds);
    if (page.next().isPresent()) {
      json.put(PageTokens.NAME, query.tokens().write(page.next().get().value()));
    }
    return Answer.json(200, Map.of(), json);
  }
}
