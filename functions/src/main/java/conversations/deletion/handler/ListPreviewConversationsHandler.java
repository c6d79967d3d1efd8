package conversations.deletion.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.port.PreviewLists.PreviewPage;
import conversations.deletion.application.previews.ListPreviewConversations;
import conversations.deletion.application.previews.ListPreviewConversations.Expired;
import conversations.deletion.application.previews.ListPreviewConversations.NotCompleted;
import conversations.deletion.application.previews.ListPreviewConversations.Page;
import conversations.deletion.application.previews.ListPreviewConversations.Unknown;
import conversations.deletion.config.Wiring;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.handler.Endpoint.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /api/public/bot/{botId}/conversations/deletion-previews/{previewId}/conversations}:
 * lists a preview's conversations.
 */
public final class ListPreviewConversationsHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final ListPreviewConversations listPreviewConversations;
  private final Endpoint endpoint;

  public ListPreviewConversationsHandler() {
    this(new Wiring(System.getenv()));
  }

  /** The handler, put together by a wiring. */
  public ListPreviewConversationsHandler(Wiring wiring) {
    this(wiring.listPreviewConversations(), new EndpointServices(wiring));
  }

  public ListPreviewConversationsHandler(
      ListPreviewConversations listPreviewConversations, EndpointServices services) {
    this.listPreviewConversations = listPreviewConversations;
    this.endpoint = new Endpoint(Scope.DELETE_CONVERSATIONS, services);
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.serve(event, context, this::list);
  }

  private Answer list(Request request) {
    PreviewId preview = request.preview();
    ConversationsQuery query =
        ConversationsQuery.of(request, preview.value(), ListPreviewConversations.MAX_PAGE_SIZE);
    return switch (listPreviewConversations.list(
        request.bot(), preview, query.from(), query.limit())) {
      case Page(PreviewPage page) ->
          Answer.json(200, Map.of(), toJson(preview, page, query, request.seesHolds()));
      case Unknown _ -> throw new ProblemException(Problem.notFound());
      case NotCompleted _ -> throw new ProblemException(PreviewProblems.notCompleted());
      case Expired _ -> throw new ProblemException(PreviewProblems.expired());
    };
  }

  private static Map<String, Object> toJson(
      PreviewId preview, PreviewPage page, ConversationsQuery query, boolean seesHolds) {
    List<Map<String, Object>> conversations = new ArrayList<>();
    for (PreviewConversation conversation : page.conversations()) {
      conversations.add(toJson(conversation, seesHolds));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("previewId", preview.value());
    json.put("conversations", conversations);
    if (page.next().isPresent()) {
      json.put(PageTokens.NAME, query.tokenOf(page.next().get()));
    }
    return json;
  }

  private static Map<String, Object> toJson(PreviewConversation conversation, boolean seesHolds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("conversationId", conversation.conversation().value());
    if (conversation.startedAt().isPresent()) {
      json.put("startedAt", Timestamps.format(conversation.startedAt().get()));
    }
    json.put("records", conversation.extent().records());
    json.put("attachments", conversation.extent().attachments());
    json.put("bytes", conversation.extent().bytes());
    json.put("held", conversation.isHeld(seesHolds));
    json.put("open", conversation.isOpen());
    if (conversation.reason().isPresent()) {
      json.put("reason", conversation.reason().get().text());
    }
    return json;
  }
}
