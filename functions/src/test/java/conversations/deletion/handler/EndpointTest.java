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
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.RateLimits;
import conversations.deletion.domain.Scope;
import conversations.deletion.testing.InMemoryRequestHistories;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
      new Endpoint(
          Scope.DELETE_CONVERSATIONS, Requests.services(log, failure -> failure instanceof Outage));

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
            Map.of(
                "Content-Type", "application/json; charset=UTF-8",
                "Cache-Control", "no-store",
                "RateLimit-Policy", "\"minute\";q=60;w=60, \"hour\";q=1800;w=3600",
                "RateLimit", "\"minute\";r=59;t=60, \"hour\";r=1799;t=3660"));
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
            "{\"type\":\"https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"The"
                + " client app may not do this with this bot.\",\"instance\":\""
                + REQUEST_ID
                + "\",\"errors\":[]}");
  }

  /** Other callers must not learn whether a bot exists, or whether its id is valid. */
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
              assertThat(line.event()).isEqualTo("request_failed");
            });
  }

  /** Operators know an invocation by Lambda's id, and callers by API Gateway's. */
  @Test
  void hasTheLogBearBothIdsOfTheRequest() {
    serve(request(), _ -> Answer.json(200, Map.of(), Map.of()));

    assertThat(log.invocation())
        .isEqualTo(Map.of("requestId", INVOCATION_ID, "apiRequestId", REQUEST_ID));
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
    assertThat(log.lines())
        .singleElement()
        .matches(line -> line.level().equals("warn") && line.event().equals("request_not_served"));
  }

  @Test
  void doesNothingMoreOnceTheLimitIsReached() {
    Endpoint limited = endpointThatServesOneRequestAMinute();
    List<String> performed = new ArrayList<>();
    Endpoint.Operation operation =
        asked -> {
          performed.add(asked.invocation());
          throw new ProblemException(Problem.notFound());
        };

    APIGatewayProxyResponseEvent first = limited.serve(request(), context(), operation);
    APIGatewayProxyResponseEvent second = limited.serve(request(), context(), operation);

    assertThat(first.getStatusCode()).isEqualTo(404);
    assertThat(first.getHeaders())
        .containsEntry("RateLimit", "\"minute\";r=0;t=60, \"hour\";r=99;t=3660")
        .doesNotContainKey("Retry-After");
    assertThat(second.getStatusCode()).isEqualTo(429);
    assertThat(second.getHeaders())
        .containsEntry("Content-Type", "application/problem+json")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Retry-After", "60")
        .containsEntry("RateLimit-Policy", "\"minute\";q=1;w=60, \"hour\";q=100;w=3600")
        .containsEntry("RateLimit", "\"minute\";r=0;t=60");
    assertThat(json(second))
        .containsEntry("detail", "The bot's limit of 1 requests a minute is reached.")
        .containsEntry("instance", REQUEST_ID);
    assertThat(performed).hasSize(1);
  }

  /** A request that is not authorised does not count, and learns nothing about other requests. */
  @Test
  void countsNoRequestThatMayNotAccessTheBot() {
    Endpoint limited = endpointThatServesOneRequestAMinute();
    Endpoint.Operation operation = _ -> Answer.json(200, Map.of(), Map.of());

    APIGatewayProxyResponseEvent refused =
        limited.serve(requestWith(grants("")), context(), operation);

    assertThat(refused.getStatusCode()).isEqualTo(403);
    assertThat(refused.getHeaders()).doesNotContainKeys("RateLimit", "RateLimit-Policy");
    assertThat(limited.serve(request(), context(), operation).getStatusCode()).isEqualTo(200);
  }

  /** Else a stolen token could ask for bots without end. */
  @Test
  void limitsWhatItRefusesByClientAppAndOfNoBotsRequests() {
    Endpoint limited = endpointThatServesOneRequestAMinute();
    Endpoint.Operation operation = _ -> Answer.json(200, Map.of(), Map.of());

    assertThat(limited.serve(requestWith(grants("")), context(), operation).getStatusCode())
        .isEqualTo(403);
    APIGatewayProxyResponseEvent second =
        limited.serve(requestWith(grants("")), context(), operation);
    assertThat(second.getStatusCode()).isEqualTo(429);
    assertThat(json(second))
        .containsEntry(
            "detail", "The client app's limit of 1 refused requests a minute is reached.");
    assertThat(limited.serve(request(), context(), operation).getStatusCode()).isEqualTo(200);
  }

  @Test
  void requestsUseUpNoCancels() {
    EndpointServices services = servingOneRequestAMinute();
    Endpoint reading = new Endpoint(Scope.DELETE_CONVERSATIONS, services);
    Endpoint cancelling = new Endpoint(Scope.DELETE_CONVERSATIONS, Budget.Kind.CANCELS, services);
    Endpoint.Operation operation = _ -> Answer.json(200, Map.of(), Map.of());

    assertThat(reading.serve(request(), context(), operation).getStatusCode()).isEqualTo(200);
    assertThat(reading.serve(request(), context(), operation).getStatusCode()).isEqualTo(429);
    assertThat(cancelling.serve(request(), context(), operation).getStatusCode()).isEqualTo(200);
    assertThat(cancelling.serve(request(), context(), operation).getStatusCode()).isEqualTo(429);
  }

  private Endpoint endpointThatServesOneRequestAMinute() {
    return new Endpoint(Scope.DELETE_CONVERSATIONS, servingOneRequestAMinute());
  }

  private EndpointServices servingOneRequestAMinute() {
    EndpointServices services = Requests.services(log, _ -> false);
    return new EndpointServices(
        services.useToken(),
        new LimitRequests(
            new InMemoryRequestHistories(),
            new RateLimits(1, 100),
            1,
            _ -> Duration.ZERO,
            new Clocks(InstantSource.fixed(Instant.EPOCH), () -> 0, _ -> {}),
            services.outages(),
            log),
        log,
        services.outages());
  }

  /** A request that API Gateway did not authorise has no client app. */
  @Test
  void servesNothingWithoutAnAuthorizer() {
    assertThat(serve(requestWith(Map.of())).getStatusCode()).isEqualTo(500);
    assertThat(serve(requestWith(null)).getStatusCode()).isEqualTo(500);
  }

  /** If the caller sends a request id in a header, API Gateway takes it over. */
  @ParameterizedTest
  @ValueSource(strings = {"canary", "", "<script>", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef\n"})
  void repeatsNoRequestIdThatACallerMadeUp(String requestId) {
    APIGatewayProxyRequestEvent event = requestWith(grants(""));
    event.getRequestContext().setRequestId(requestId);

    assertThat(json(serve(event))).containsEntry("instance", INVOCATION_ID);
  }
}
