package conversations.deletion.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.adapter.jwt.PemPublicKeys;
import conversations.deletion.application.access.AuthenticateClientApp;
import conversations.deletion.application.access.TokenRules;
import conversations.deletion.application.port.ClientApps;
import conversations.deletion.application.port.ClientApps.Registration;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Tokens;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Credentials.SharedSecret;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.Scope;
import conversations.deletion.testing.KnownSecrets;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedMetrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerHandlerTest {

  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final String METHOD =
      "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/dev/POST/api/public/bot/st-1/x";
  private static final String GOOD = "canary-good";

  private final RecordedLog log = new RecordedLog();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private boolean enabled = true;
  private List<String> faults = List.of();
  private ClientApps clientApps =
      _ -> Optional.of(new Registration(Optional.of(registered()), faults));

  private ClientApp registered() {
    return new ClientApp(
        APP,
        new SharedSecret(),
        enabled,
        false,
        false,
        Optional.empty(),
        new Grants(Map.of(new BotId("st-1"), EnumSet.allOf(Scope.class))));
  }

  private IamPolicyResponse authorize(String token) {
    Tokens tokens = text -> text.equals(GOOD) ? Optional.of(new GoodToken()) : Optional.empty();
    return new AuthorizerHandler(
            new AuthenticateClientApp(
                tokens,
                app -> clientApps.find(app),
                KnownSecrets.of(new byte[32]),
                new PemPublicKeys(),
                new TokenRules(Duration.ofHours(1), "this-stack"),
                InstantSource.fixed(Instant.EPOCH)),
            log,
            metrics)
        .handleRequest(
            APIGatewayCustomAuthorizerEvent.builder()
                .withType("TOKEN")
                .withAuthorizationToken(token)
                .withMethodArn(METHOD)
                .build(),
            Requests.context());
  }

  private static final class GoodToken implements Tokens.Token {

    @Override
    public Tokens.Claims claims() {
      return new Tokens.Claims(
          APP,
          Optional.of(Instant.MAX),
          Optional.empty(),
          Optional.of(Instant.EPOCH),
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public boolean isSignedWith(Tokens.VerificationKey key) {
      return true;
    }
  }

  /** API Gateway keeps the answer, and uses it for every request with the same token. */
  @Test
  void letsAClientAppReachAllOfTheStageAndNothingElse() throws IOException {
    IamPolicyResponse response = authorize(GOOD);

    assertThat(response.getPrincipalId()).isEqualTo("app-1");
    assertThat(JSON.std.mapFrom(JSON.std.asString(response.getPolicyDocument())))
        .isEqualTo(
            Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                    Map.of(
                        "Effect",
                        "Allow",
                        "Action",
                        "execute-api:Invoke",
                        "Resource",
                        List.of("arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/dev/*")))));
    assertThat(response.getContext())
        .isEqualTo(
            Map.of(
                "appId", "app-1",
                "grants", "st-1=Delete Conversations|Hold Conversations|Logs History",
                "tokenGoodUntil", "3660"));
    assertThat(log.lines()).isEmpty();
    assertThat(metrics.reports()).isEmpty();
  }

  /**
   * To throw would be a failure of the function, which anybody could cause as often as they like.
   */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "canary-bad"})
  void refusesATokenByAPolicyThatDeniesTheWholeStage(String token) throws IOException {
    IamPolicyResponse response = authorize(token);

    assertThat(response.getPrincipalId()).isEqualTo("-");
    assertThat(JSON.std.asString(response.getPolicyDocument()))
        .contains("\"Effect\":\"Deny\"")
        .contains("[\"arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/dev/*\"]")
        .doesNotContain("Allow");
    assertThat(response.getContext()).isEmpty();
  }

  @Test
  void aRefusalIsOneLineAtInfoWithNeitherTokenNorClaims() {
    authorize("canary-bad");

    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("info");
              assertThat(line.event()).isEqualTo("token_refused");
              assertThat(line.fields()).isEqualTo(Map.of("reason", "malformed"));
            });
    assertThat(log.invocation()).isEqualTo(Map.of("requestId", Requests.INVOCATION_ID));
    assertThat(metrics.reports()).containsExactly(Map.of(Metric.TOKENS_REFUSED, 1L));
  }

  @Test
  void logsARegisteredClientAppById() {
    enabled = false;

    authorize(GOOD);

    assertThat(log.lines().getFirst().fields())
        .isEqualTo(Map.of("reason", "disabled", "appId", "app-1"));
  }

  @Test
  void tellsOperatorsWhatIsWrongWithAClientAppWhetherItGetsInOrNot() {
    faults = List.of("scopes: skipped 1 under a key that is no id of a bot");

    authorize(GOOD);
    enabled = false;
    authorize(GOOD);

    assertThat(log.lines())
        .satisfiesExactly(
            accepted -> {
              assertThat(accepted.event()).isEqualTo("client_app_unfit");
              assertThat(accepted.level()).isEqualTo("warn");
              assertThat(accepted.fields()).isEqualTo(Map.of("appId", "app-1", "faults", faults));
            },
            refused -> {
              assertThat(refused.event()).isEqualTo("token_refused");
              assertThat(refused.level()).isEqualTo("info");
              assertThat(refused.fields())
                  .isEqualTo(Map.of("reason", "disabled", "appId", "app-1", "faults", faults));
            });
  }

  /** During an outage, a caller with a good token must not read that the token is bad. */
  @Test
  void doesNotPassAnOutageOffAsABadToken() {
    clientApps =
        _ -> {
          throw new IllegalStateException("canary");
        };

    assertThatThrownBy(() -> authorize(GOOD))
        .isInstanceOf(RuntimeException.class)
        .hasMessage("the token could not be judged")
        .hasNoCause();
    assertThat(log.lines()).singleElement().matches(line -> line.level().equals("error"));
    assertThat(metrics.reports()).containsExactly(Map.of(Metric.TOKENS_NOT_JUDGED, 1L));
  }
}
