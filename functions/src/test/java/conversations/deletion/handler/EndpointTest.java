package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.INVOCATION_ID;
import static conversations.deletion.handler.Requests.REQUEST_ID;
import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.grants;
import static conversations.deletion.handler.Requests.json;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Scope;
import conversations.deletion.testing.RecordedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  private static final class Outage extends RuntimeException {
    Outage() {
      super("canary");
    }
  }

  private final RecordedLog log = new RecordedLog();
  private final Endpoint endpoint =
      new Endpoint(Scope.DELETE_CONVERSATIONS, log, failure -> failure instanceof Outage);

  private APIGatewayProxyResponseEvent serve(
      APIGatewayProxyRequestEvent event, Endpoint.Operation operation) {
    return endpoint.serve(event, context(), operation);
  }

  private APIGatewayProxyResponseEvent serve(APIGatewayProxyRequestEvent event) {
    return serve(event, _ -> Answer.json(200, Map.of(), Map.of("served", true)));
  }

  private static APIGatewayProxyRequestEvent requestWith(Map<String, Object> authorizer) {
    APIGatewayProxyRequestEvent event = request();
    event.getRequestContext().setAuthorizer(authorizer);
    return event;
  }

  @Test
  void handsOnWhoAsksForWhichBot() {
    serve(
        request(),
        asked -> {
          assertThat(asked.bot()).isEqualTo(new BotId("st-1"));
          assertThat(asked.clientApp()).isEqualTo(new ClientAppId("app-1"));
          return Answer.json(200, Map.of(), Map.of());
        });
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void answersJsonThatNobodyKeeps() {
    APIGatewayProxyResponseEvent answer = serve(request());

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getHeaders())
        .isEqualTo(
            Map.of("Content-Type", "application/json; charset=UTF-8", "Cache-Control", "no-store"));
    assertThat(answer.getBody()).isEqualTo("{\"served\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "st-1=",
        "st-1=Logs History",
        "st-2=Delete Conversations|Logs History",
        "st-11=Delete Conversations",
        "ST-1=Delete Conversations"
      })
  void servesNobodyWithoutTheScopeForTheBot(String grants) {
    APIGatewayProxyResponseEvent answer = serve(requestWith(grants(grants)));

    assertThat(answer.getStatusCode()).isEqualTo(403);
    assertThat(answer.getHeaders())
        .containsEntry("Content-Type", "application/problem+json")
        .containsEntry("Cache-Control", "no-store");
    assertThat(answer.getBody())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                + "\"detail\":\"The client app may not do this with this bot.\","
                + "\"instance\":\""
                + REQUEST_ID
                + "\",\"errors\":[]}");
  }

  /** Whether a bot exists, or could, is nobody else's to know. */
  @ParameterizedTest
  @ValueSource(strings = {"st-2", "st 1", "st-1;", "", "<script>"})
  void refusesEveryOtherBotAlike(String bot) {
    APIGatewayProxyResponseEvent other =
        serve(request().withPathParameters(Map.of("botId", "st-9")));

    assertThat(serve(request().withPathParameters(Map.of("botId", bot)))).isEqualTo(other);
    assertThat(other.getStatusCode()).isEqualTo(403);
  }

  @Test
  void tellsNothingOfWhatFailed() {
    APIGatewayProxyResponseEvent answer =
        serve(
            request(),
            _ -> {
              throw new IllegalStateException("canary");
            });

    assertThat(answer.getStatusCode()).isEqualTo(500);
    assertThat(json(answer))
        .containsEntry("instance", REQUEST_ID)
        .containsEntry("errors", List.of());
    assertThat(answer.getBody()).doesNotContain("canary", "Exception");
    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("error");
              assertThat(line.fields()).isEqualTo(Map.of("requestId", REQUEST_ID));
            });
  }

  @Test
  void hasCallersComeAgainAfterAnOutage() {
    APIGatewayProxyResponseEvent answer =
        serve(
            request(),
            _ -> {
              throw new Outage();
            });

    assertThat(answer.getStatusCode()).isEqualTo(503);
    assertThat(answer.getHeaders()).containsEntry("Retry-After", "5");
    assertThat(answer.getBody()).doesNotContain("canary");
    assertThat(log.lines()).singleElement().matches(line -> line.level().equals("warn"));
  }

  /** A request that API Gateway did not authorise is nobody's. */
  @Test
  void servesNothingWithoutAnAuthorizer() {
    assertThat(serve(requestWith(Map.of())).getStatusCode()).isEqualTo(500);
    assertThat(serve(requestWith(null)).getStatusCode()).isEqualTo(500);
  }

  /** API Gateway takes the request id over from a header if the caller sends one. */
  @ParameterizedTest
  @ValueSource(strings = {"canary", "", "<script>", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef\n"})
  void repeatsNoRequestIdThatACallerMadeUp(String requestId) {
    APIGatewayProxyRequestEvent event = requestWith(grants(""));
    event.getRequestContext().setRequestId(requestId);

    assertThat(json(serve(event))).containsEntry("instance", INVOCATION_ID);
  }
}
