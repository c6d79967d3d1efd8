package conversations.deletion.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.AuthenticateClientApp.Authenticated;
import conversations.deletion.application.AuthenticateClientApp.Authentication;
import conversations.deletion.application.AuthenticateClientApp.Refusal;
import conversations.deletion.application.AuthenticateClientApp.Refused;
import conversations.deletion.application.port.ClientApps;
import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.application.port.Tokens.Claims;
import conversations.deletion.application.port.Tokens.Token;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientApp.SignatureAlgorithm;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class AuthenticateClientAppTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56Z");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final byte[] SECRET = new byte[32];
  private static final ClientApp REGISTERED =
      new ClientApp(
          APP,
          SignatureAlgorithm.HS256,
          true,
          new Grants(Map.of(new BotId("st-1"), Set.of(Scope.LOGS_HISTORY))));
  private static final Claims GOOD =
      new Claims(APP, Optional.of(NOW.plusSeconds(300)), Optional.empty(), Optional.empty());

  private Optional<Token> token = Optional.of(token(GOOD));
  private ClientApps clientApps = _ -> Optional.of(REGISTERED);
  private ClientSecrets secrets = _ -> Optional.of(SECRET);

  private static Token token(Claims claims) {
    return new Token() {
      @Override
      public Claims claims() {
        return claims;
      }

      @Override
      public boolean isSignedWith(SignatureAlgorithm algorithm, byte[] secret) {
        return algorithm == SignatureAlgorithm.HS256 && secret == SECRET;
      }
    };
  }

  private Authentication authenticate(String text) {
    return new AuthenticateClientApp(_ -> token, clientApps, secrets, InstantSource.fixed(NOW))
        .authenticate(text);
  }

  private static Refused refused(Refusal why) {
    return new Refused(why, Optional.of(APP));
  }

  @Test
  void acceptsATokenOfARegisteredClientApp() {
    assertThat(authenticate("token")).isEqualTo(new Authenticated(REGISTERED));
  }

  @ParameterizedTest
  @NullAndEmptySource
  void refusesNoToken(String text) {
    assertThat(authenticate(text)).isEqualTo(new Refused(Refusal.NO_TOKEN, Optional.empty()));
  }

  @Test
  void readsNothingOfATokenThatIsTooLong() {
    assertThat(authenticate("x".repeat(8192))).isEqualTo(new Authenticated(REGISTERED));
    token = null;
    assertThat(authenticate("x".repeat(8193)))
        .isEqualTo(new Refused(Refusal.TOO_LONG, Optional.empty()));
  }

  @Test
  void refusesWhatIsNoToken() {
    token = Optional.empty();

    assertThat(authenticate("token")).isEqualTo(new Refused(Refusal.MALFORMED, Optional.empty()));
  }

  /** The name of a client app that does not exist could be anything, so it is not handed on. */
  @Test
  void doesNotRepeatAnUnknownClientApp() {
    clientApps = _ -> Optional.empty();

    assertThat(authenticate("token"))
        .isEqualTo(new Refused(Refusal.UNKNOWN_CLIENT_APP, Optional.empty()));
  }

  private void register(Function<ClientApp, ClientApp> change) {
    clientApps = _ -> Optional.of(change.apply(REGISTERED));
  }

  @Test
  void refusesADisabledClientApp() {
    register(app -> new ClientApp(app.id(), app.algorithm(), false, app.grants()));

    assertThat(authenticate("token")).isEqualTo(refused(Refusal.DISABLED));
  }

  @Test
  void refusesMoreGrantsThanTravelWithARequest() {
    register(app -> new ClientApp(app.id(), app.algorithm(), true, bots(100)));
    assertThat(authenticate("token")).isInstanceOf(Authenticated.class);

    register(app -> new ClientApp(app.id(), app.algorithm(), true, bots(101)));
    assertThat(authenticate("token")).isEqualTo(refused(Refusal.TOO_MANY_BOTS));
  }

  private static Grants bots(int count) {
    return new Grants(
        IntStream.range(0, count)
            .boxed()
            .collect(Collectors.toMap(i -> new BotId("st-" + i), _ -> Set.of(Scope.LOGS_HISTORY))));
  }

  @Test
  void refusesAClientAppWithoutAUsableSecret() {
    secrets = _ -> Optional.empty();
    assertThat(authenticate("token")).isEqualTo(refused(Refusal.NO_SECRET));

    secrets = _ -> Optional.of(new byte[31]);
    assertThat(authenticate("token")).isEqualTo(refused(Refusal.WEAK_SECRET));
  }

  @Test
  void refusesASignatureOfAnotherSecret() {
    secrets = _ -> Optional.of(new byte[32]);

    assertThat(authenticate("token")).isEqualTo(refused(Refusal.WRONG_SIGNATURE));
  }

  @ParameterizedTest
  @CsvSource({
    // seconds from now of exp, nbf, iat; what comes of it
    "    ,      ,      , NO_EXPIRY",
    " -60,      ,      , EXPIRED",
    " -59,      ,      ,",
    "   1,      ,      ,",
    " 300,    60,      ,",
    " 300,    61,      , NOT_YET_VALID",
    " 300,      ,    60,",
    " 300,      ,    61, ISSUED_IN_FUTURE",
    " 300, -9999, -9999,",
  })
  void honoursTimesWithAMinuteOfSkew(Long exp, Long nbf, Long iat, Refusal why) {
    token = Optional.of(token(new Claims(APP, fromNow(exp), fromNow(nbf), fromNow(iat))));

    assertThat(authenticate("token"))
        .isEqualTo(why == null ? new Authenticated(REGISTERED) : refused(why));
  }

  private static Optional<Instant> fromNow(Long seconds) {
    return Optional.ofNullable(seconds).map(NOW::plusSeconds);
  }

  /** An outage must not look like a bad token. */
  @Test
  void doesNotJudgeWhatItCannotLookUp() {
    RuntimeException outage = new RuntimeException("out of reach");
    clientApps =
        _ -> {
          throw outage;
        };

    assertThatThrownBy(() -> authenticate("token")).isSameAs(outage);
  }
}
