package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.ListChangeLog;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.handler.Endpoint.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/public/bot/{botId}/changelogs}: lists the bot's change log. */
public final class ListChangeLogHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final ListChangeLog listChangeLog;
  private final Endpoint endpoint;

  public ListChangeLogHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public ListChangeLogHandler(Wiring wiring) {
    this(wiring.listChangeLog(), new EndpointServices(wiring));
  }

  public ListChangeLogHandler(ListChangeLog listChangeLog, EndpointServices services) {
    this.listChangeLog = listChangeLog;
    this.endpoint = new Endpoint(Scope.LOGS_HISTORY, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::list);
  }

  private Answer list(Request request) {
    ChangeLogQuery query = ChangeLogQuery.of(request.event());
    List<ChangeLogEntry> entries =
        listChangeLog.list(request.bot(), query.range(), query.page(), query.pageSize());
    return Answer.json(200, Map.of(), entries.stream().map(ListChangeLogHandler::toJson).toList());
  }

  private static Map<String, Object> toJson(ChangeLogEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("_id", entry.id());
    json.put("userId", author(entry.clientApp()));
    json.put("streamId", entry.bot().value());
    json.put("resourceId", entry.resource().id());
    json.put("resourceType", entry.resource().type());
    json.put("message", entry.message());
    json.put("createdOn", Timestamps.format(entry.createdOn()));
    return json;
  }

  private static Map<String, Object> author(Optional<ClientAppId> clientApp) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("_id", clientApp.map(ClientAppId::value).orElse("system"));
    json.put("type", clientApp.isPresent() ? "clientApp" : "service");
    return json;
  }
}
