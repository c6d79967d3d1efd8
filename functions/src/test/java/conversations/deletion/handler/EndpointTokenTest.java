package conversations.deletion.handler;

import static conversations.deletion.handler.Requests.context;
import static conversations.deletion.handler.Requests.json;
import static conversations.deletion.handler.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.application.access.UseToken;
import conversations.deletion.application.port.SpentTokens;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.Scope;
import conversations.deletion.testing.RecordedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How an endpoint uses the token of a request, behind API Gateway's cache. */
class EndpointTokenTest {

  private static final JtiDigest JTI = JtiDigest.of("1");

  private final RecordedLog log = new RecordedLog();
  private final Set<JtiDigest> spent = new HashSet<>();
  private SpentTokens spentTokens = (_, jti, _) -> spent.add(jti);
  private Instant now = Instant.ofEpochSecond(999);
  private int performed;

  private APIGatewayProxyResponseEvent serve(APIGatewayProxyRequestEvent event) {
    EndpointServices others = Requests.services(log, failure -> failure instanceof Outage);
    EndpointServices services =
        new EndpointServices(
            new UseToken((app, jti, forgetAt) -> spentTokens.spend(app, jti, forgetAt), () -> now),
            others.limitRequests(),
            log,
            others.outages());
    return new Endpoint(Scope.DELETE_CONVERSATIONS, services)
        .serve(
            event,
            context(),
            _ -> {
              performed++;
              return Answer.json(200, Map.of(), Map.of());
            });
  }

  private static APIGatewayProxyRequestEvent goodOnce(String grants) {
    Map<String, Object> authorizer = new HashMap<>(Requests.grants(grants));
    authorizer.put("jtiDigest", JTI.value());
    APIGatewayProxyRequestEvent event = request();
    event.getRequestContext().setAuthorizer(authorizer);
    return event;
  }

  private static APIGatewayProxyRequestEvent goodOnce() {
    return goodOnce("st-1=Delete Conversations");
  }

  private static final class Outage extends RuntimeException {}

  private static Map<String, Object> fault(String code, String message) {
    return Map.of("field", "auth", "code", code, "message", message);
  }

  @Test
  void isGoodTimeAndAgainWhereNothingElseIsAsked() {
    assertThat(serve(request()).getStatusCode()).isEqualTo(200);
    assertThat(serve(request()).getStatusCode()).isEqualTo(200);
    assertThat(spent).isEmpty();
  }

  @Test
  void isGoodOnceWhereTheClientAppSaysSo() {
    assertThat(serve(goodOnce()).getStatusCode()).isEqualTo(200);

    APIGatewayProxyResponseEvent second = serve(goodOnce());

    assertThat(second.getStatusCode()).isEqualTo(401);
    assertThat(second.getHeaders()).containsEntry("Content-Type", "application/problem+json");
    assertThat(json(second))
        .containsEntry("title", "Unauthorized")
        .containsEntry("detail", "The auth header holds no valid token.")
        .containsEntry(
            "errors",
            List.of(
                fault(
                    "token_already_used",
                    "This token was good for one request only, and has been used.")));
    assertThat(performed).isEqualTo(1);
  }

  /** API Gateway may keep the authorizer's answer up to five minutes longer than the token. */
  @Test
  void isRefusedFromItsExpiryOnAsTheAuthorizerWouldRefuseIt() {
    now = Instant.ofEpochSecond(1000);

    APIGatewayProxyResponseEvent answer = serve(request());

    assertThat(answer.getStatusCode()).isEqualTo(401);
    assertThat(json(answer))
        .containsEntry(
            "errors",
            List.of(
                fault(
                    "invalid_token",
                    "A JWT signed by a registered client app is expected, without Bearer before it,"
                        + " with the claims appId, exp and iat, and jti where the client app"
                        + " requires it. Only where the client app allows undated tokens may exp"
                        + " and iat be missing. By its iat it may be no older than this service"
                        + " takes, an hour by default, and an aud must name this service.")));
    assertThat(performed).isZero();
  }

  @Test
  void isNotSpentOnWhatItMayNotReach() {
    assertThat(serve(goodOnce("st-2=Delete Conversations")).getStatusCode()).isEqualTo(403);
    assertThat(serve(goodOnce("st-1=Logs History")).getStatusCode()).isEqualTo(403);
    assertThat(spent).isEmpty();
  }

  @Test
  void mustBeTheOnlyOne() {
    for (List<String> two : List.of(List.of("a", "b"), List.of("a", "a"))) {
      assertThat(serve(request().withMultiValueHeaders(Map.of("Auth", two))).getStatusCode())
          .isEqualTo(401);
    }
    assertThat(
            serve(
                    request()
                        .withMultiValueHeaders(Map.of("auth", List.of("a"), "AUTH", List.of("b"))))
                .getStatusCode())
        .isEqualTo(401);
    assertThat(serve(request().withMultiValueHeaders(Map.of("auth", List.of("a")))).getStatusCode())
        .isEqualTo(200);
    assertThat(performed).isEqualTo(1);
  }

  /** It is not known whether the token was used, so the request is refused. */
  @Test
  void isNotAcceptedUnlessItCouldBeSpent() {
    spentTokens =
        (_, _, _) -> {
          throw new Outage();
        };

    assertThat(serve(goodOnce()).getStatusCode()).isEqualTo(503);
    assertThat(performed).isZero();
  }

  @Test
  void isNotTakenFromAContextThatNoAuthorizerMade() {
    List<Map<String, Object>> contexts = new ArrayList<>();
    contexts.add(Map.of("appId", "app-1", "grants", "st-1=Delete Conversations"));
    contexts.add(Map.of("appId", "app-1", "grants", "", "tokenGoodUntil", "soon"));
    contexts.add(
        Map.of(
            "appId", "app-1",
            "grants", "st-1=Delete Conversations",
            "tokenGoodUntil", "1000",
            "jtiDigest", "1"));
    for (Map<String, Object> authorizer : contexts) {
      APIGatewayProxyRequestEvent event = request();
      event.getRequestContext().setAuthorizer(authorizer);
      assertThat(serve(event).getStatusCode()).isEqualTo(500);
    }
    assertThat(performed).isZero();
  }
}
