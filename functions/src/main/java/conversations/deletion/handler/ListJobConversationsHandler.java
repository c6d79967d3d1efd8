package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.jobs.ListJobConversations;
import conversations.deletion.application.port.JobConversations.ConversationPage;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.Scope;
import conversations.deletion.handler.Endpoint.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/public/bot/{botId}/conversations/delete/{jobId}/conversations}: lists a job's
 * conversations with their outcomes.
 */
public final class ListJobConversationsHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final ListJobConversations listJobConversations;
  private final Endpoint endpoint;

  public ListJobConversationsHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public ListJobConversationsHandler(Wiring wiring) {
    this(wiring.listJobConversations(), new EndpointServices(wiring));
  }

  public ListJobConversationsHandler(
      ListJobConversations listJobConversations, EndpointServices services) {
    this.listJobConversations = listJobConversations;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::list);
  }

  private Answer list(Request request) {
    JobId job = request.job();
    ConversationsQuery query =
        ConversationsQuery.of(request, job.value(), ListJobConversations.MAX_PAGE_SIZE);
    // The path, not the token, says which bot and which job are read: see PageTokens.
    Optional<ConversationPage> page =
        listJobConversations.list(request.bot(), job, query.from(), query.limit());
    if (page.isEmpty()) {
      throw new ProblemException(Problem.notFound());
    }
    return Answer.json(200, Map.of(), toJson(page.get(), query, request.seesHolds()));
  }

  private static Map<String, Object> toJson(
      ConversationPage page, ConversationsQuery query, boolean seesHolds) {
    // No lambdas or streams here: they cost time at a function's cold start.
    List<Map<String, Object>> conversations = new ArrayList<>();
    for (JobConversation conversation : page.conversations()) {
      conversations.add(toJson(conversation, seesHolds));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("conversations", conversations);
    if (page.next().isPresent()) {
      json.put(PageTokens.NAME, query.tokenOf(page.next().get()));
    }
    return json;
  }

  private static Map<String, Object> toJson(JobConversation conversation, boolean seesHolds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("conversationId", conversation.conversation().value());
    json.put("outcome", conversation.outcome().text());
    json.put("recordsDeleted", conversation.records().deleted());
    json.put("attachmentsDeleted", conversation.attachments().deleted());
    Optional<String> reason = HeldInConfidence.reason(conversation.reason(), seesHolds);
    if (reason.isPresent()) {
      json.put("reason", reason.get());
    }
    return json;
  }
}
