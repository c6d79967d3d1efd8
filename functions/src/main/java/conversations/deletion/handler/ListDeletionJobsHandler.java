package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.ListDeletionJobs;
import conversations.deletion.application.port.BotJobs.JobPage;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Scope;
import conversations.deletion.handler.Endpoint.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /api/public/bot/{botId}/conversations/delete}: lists the bot's jobs. */
public final class ListDeletionJobsHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final ListDeletionJobs listDeletionJobs;
  private final Endpoint endpoint;

  public ListDeletionJobsHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public ListDeletionJobsHandler(Wiring wiring) {
    this(wiring.listDeletionJobs(), new EndpointServices(wiring));
  }

  public ListDeletionJobsHandler(ListDeletionJobs listDeletionJobs, EndpointServices services) {
    this.listDeletionJobs = listDeletionJobs;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::list);
  }

  private Answer list(Request request) {
    JobsQuery query = JobsQuery.of(request);
    // The path, not the token, says which bot's jobs are read: see PageTokens.
    JobPage page =
        listDeletionJobs.list(request.bot(), query.filter(), query.after(), query.limit());
    Map<String, Object> json = new LinkedHashMap<>();
    // No lambdas or streams here: they cost time at a function's cold start.
    List<Map<String, Object>> jobs = new ArrayList<>();
    for (DeletionJob job : page.jobs()) {
      jobs.add(JobDocument.of(job, request.seesHolds()));
    }
    json.put("jobs", jobs);
    if (page.next().isPresent()) {
      json.put(PageTokens.NAME, query.tokenOf(page.next().get()));
    }
    return Answer.json(200, Map.of(), json);
  }
}
