package conversations.deletion.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.adapter.jwt.PemPublicKeys;
import conversations.deletion.application.access.AuthenticateClientApp.Authenticated;
import conversations.deletion.application.access.AuthenticateClientApp.Authentication;
import conversations.deletion.application.access.AuthenticateClientApp.Refusal;
import conversations.deletion.application.access.AuthenticateClientApp.Refused;
import conversations.deletion.application.port.ClientApps;
import conversations.deletion.application.port.ClientApps.Registration;
import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.application.port.ClientSecrets.Secret;
import conversations.deletion.application.port.Tokens.Claims;
import conversations.deletion.application.port.Tokens.Token;
import conversations.deletion.application.port.Tokens.VerificationKey;
import conversations.deletion.application.port.Tokens.VerificationKey.Hs256;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Credentials.RsaPublicKey;
import conversations.deletion.domain.Credentials.SharedSecret;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.VerifiedToken;
import conversations.deletion.testing.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateClientAppTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56Z");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final byte[] SECRET = new byte[32];
  private static final Duration MAX_AGE = Duration.ofHours(1);
  private static final TokenRules RULES = new TokenRules(MAX_AGE, "this-stack");
  private static final ClientApp REGISTERED =
      new ClientApp(
          APP,
          new SharedSecret(),
          true,
          false,
          false,
          Optional.empty(),
          new Grants(Map.of(new BotId("st-1"), Set.of(Scope.LOGS_HISTORY))));
  private static final Claims GOOD =
      new Claims(
          APP,
          Optional.of(NOW.plusSeconds(300)),
          Optional.empty(),
          Optional.of(NOW),
          Optional.of("jti-1"),
          Optional.empty());
  private static final Authenticated ACCEPTED =
      new Authenticated(
          REGISTERED, new VerifiedToken(APP, NOW.plusSeconds(360), Optional.empty()), List.of());

  private Optional<Token> token = Optional.of(token(GOOD));
  private ClientApps clientApps = _ -> registration(REGISTERED);
  private ClientSecrets secrets = KnownSecrets.of(SECRET);

  private static Optional<Registration> registration(ClientApp clientApp) {
    return Optional.of(new Registration(Optional.of(clientApp), List.of()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Token token(Claims claims) {
    return new Token() {
      @Override
      public Claims claims() {
        return claims;
      }

      @Override
      public boolean isSignedWith(VerificationKey key) {
        return key instanceof Hs256(byte[] secret) && Arrays.equals(secret, SECRET);
      }
    };
  }

  private Authentication authenticate(String text) {
    return new AuthenticateClientApp(
            _ -> token, clientApps, secrets, new PemPublicKeys(), RULES, InstantSource.fixed(NOW))
        .authenticate(text);
  }

  private static Refused refused(Refusal why) {
    return new Refused(why, Optional.of(APP), List.of());
  }

  private static Refused refused(Refusal why, String fault) {
    return new Refused(why, Optional.of(APP), List.of(fault));
  }

  @Test
  void refusesAClientAppWhoseRegistrationCannotBeUsedAndTellsWhy() {
    clientApps = _ -> Optional.of(new Registration(Optional.empty(), List.of("enabled: missing")));

    assertThat(authenticate("token"))
        .isEqualTo(refused(Refusal.UNFIT_CLIENT_APP, "enabled: missing"));
  }

  @Test
  void acceptsAClientAppWithoutTheGrantsThatCannotBeUsedAndTellsWhich() {
    List<String> faults = List.of("scopes: skipped 1");
    clientApps = _ -> Optional.of(new Registration(Optional.of(REGISTERED), faults));

    assertThat(authenticate("token"))
        .isEqualTo(new Authenticated(REGISTERED, ACCEPTED.token(), faults));
  }

  @Test
  void refusesAKeyThatCannotBeUsedAndTellsWhy() {
    register(
        app ->
            new ClientApp(
                app.id(),
                new RsaPublicKey("no key"),
                true,
                false,
                false,
                Optional.empty(),
                app.grants()));

    assertThat(authenticate("token"))
        .isEqualTo(refused(Refusal.UNREADABLE_KEY, "publicKey: not base64"));
  }

  @Test
  void acceptsATokenOfARegisteredClientApp() {
    assertThat(authenticate("token")).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void refusesNoToken(String text) {
    assertThat(authenticate(text))
        .isEqualTo(new Refused(Refusal.NO_TOKEN, Optional.empty(), List.of()));
  }

  @Test
  void readsNothingOfATokenThatIsTooLong() {
    assertThat(authenticate("x".repeat(8192))).isEqualTo(ACCEPTED);
    token = null;
    assertThat(authenticate("x".repeat(8193)))
        .isEqualTo(new Refused(Refusal.TOO_LONG, Optional.empty(), List.of()));
  }

  @Test
  void refusesWhatIsNoToken() {
    token = Optional.empty();

    assertThat(authenticate("token"))
        .isEqualTo(new Refused(Refusal.MALFORMED, Optional.empty(), List.of()));
  }

  /** The name of a client app that does not exist could be any text, so it is not handed on. */
  @Test
  void doesNotRepeatAnUnknownClientApp() {
    clientApps = _ -> Optional.empty();

    assertThat(authenticate("token"))
        .isEqualTo(new Refused(Refusal.UNKNOWN_CLIENT_APP, Optional.empty(), List.of()));
  }

  private void register(Function<ClientApp, ClientApp> change) {
    clientApps = _ -> registration(change.apply(REGISTERED));
  }

  @Test
  void refusesADisabledClientApp() {
    register(
        app ->
            new ClientApp(
                app.id(), app.credentials(), false, false, false, Optional.empty(), app.grants()));

    assertThat(authenticate("token")).isEqualTo(refused(Refusal.DISABLED));
  }

  @Test
  void refusesMoreGrantsThanTravelWithARequest() {
    register(
        app ->
            new ClientApp(
                app.id(), app.credentials(), true, false, false, Optional.empty(), bots(100)));
    assertThat(authenticate("token")).isInstanceOf(Authenticated.class);

    register(
        app ->
            new ClientApp(
                app.id(), app.credentials(), true, false, false, Optional.empty(), bots(101)));
    assertThat(authenticate("token"))
        .isEqualTo(refused(Refusal.TOO_MANY_BOTS, "scopes: more than 100 bots"));
  }

  private static Grants bots(int count) {
    return new Grants(
        IntStream.range(0, count)
            .boxed()
            .collect(Collectors.toMap(i -> new BotId("st-" + i), _ -> Set.of(Scope.LOGS_HISTORY))));
  }

  @Test
  void refusesAClientAppWithoutAUsableSecret() {
    secrets = KnownSecrets.of();
    assertThat(authenticate("token"))
        .isEqualTo(refused(Refusal.NO_SECRET, "secret: none in Secrets Manager, or no text"));

    secrets = KnownSecrets.of(new byte[31]);
    assertThat(authenticate("token"))
        .isEqualTo(refused(Refusal.WEAK_SECRET, "secret: shorter than 32 bytes"));
  }

  @Test
  void refusesASignatureOfAnotherSecret() {
    secrets = KnownSecrets.of(utf8("another secret of thirty-two bytes"));

    assertThat(authenticate("token")).isEqualTo(refused(Refusal.WRONG_SIGNATURE));
  }

  @ParameterizedTest
  @CsvSource({
    // seconds from now of exp, nbf, iat; the result
    "    ,      ,     0, NO_EXPIRY",
    " -60,      ,     0, EXPIRED",
    " -59,      ,     0,",
    "   1,      ,     0,",
    " 300,    60,     0,",
    " 300,    61,     0, NOT_YET_VALID",
    " 300,      ,      , NO_ISSUE_TIME",
    " 300,      ,    60,",
    " 300,      ,    61, ISSUED_IN_FUTURE",
    " 300, -9999, -3659,",
    " 300, -9999, -3660, TOO_OLD",
  })
  void honoursTimesWithAMinuteOfSkew(Long exp, Long nbf, Long iat, Refusal why) {
    token =
        Optional.of(
            token(
                new Claims(
                    APP,
                    fromNow(exp),
                    fromNow(nbf),
                    fromNow(iat),
                    Optional.empty(),
                    Optional.empty())));

    if (why == null) {
      assertThat(authenticate("token")).isInstanceOf(Authenticated.class);
    } else {
      assertThat(authenticate("token")).isEqualTo(refused(why));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // seconds from now of exp and iat; until when it is good, and the result
    "    ,      , 3660,",
    " 300,      ,  360,",
    "    ,     0, 3660,",
    "    , -1000, 2660,",
    " -60,      ,     , EXPIRED",
    "    , -3660,     , TOO_OLD",
    "    ,    61,     , ISSUED_IN_FUTURE",
  })
  void takesUndatedTokensWhereTheyAreAllowedAndHonoursWhatTheySay(
      Long exp, Long iat, Long until, Refusal why) {
    register(
        app ->
            new ClientApp(
                app.id(), app.credentials(), true, false, true, Optional.empty(), app.grants()));
    token =
        Optional.of(
            token(
                new Claims(
                    APP,
                    fromNow(exp),
                    Optional.empty(),
                    fromNow(iat),
                    Optional.empty(),
                    Optional.empty())));

    if (why == null) {
      assertThat(((Authenticated) authenticate("token")).token().goodUntil())
          .isEqualTo(NOW.plusSeconds(until));
    } else {
      assertThat(authenticate("token")).isEqualTo(refused(why));
    }
  }

  /** That it was used could be forgotten while it is still good. */
  @Test
  void takesNoUndatedTokenThatIsGoodOnce() {
    register(
        app ->
            new ClientApp(
                app.id(), app.credentials(), true, true, true, Optional.empty(), app.grants()));
    token = Optional.of(token(undated(GOOD.jti())));

    assertThat(authenticate("token")).isEqualTo(refused(Refusal.NO_EXPIRY));
  }

  @Test
  void aTokenIsGoodUntilItExpiresOrIsTooOldWhicheverComesFirst() {
    Claims longLived =
        new Claims(
            APP,
            Optional.of(NOW.plusSeconds(999_999)),
            Optional.empty(),
            Optional.of(NOW),
            Optional.empty(),
            Optional.empty());
    token = Optional.of(token(longLived));

    assertThat(((Authenticated) authenticate("token")).token().goodUntil())
        .isEqualTo(NOW.plus(MAX_AGE).plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256, 257})
  void wantsAJtiOfUsableLengthWhereTheTokensAreGoodOnce(int length) {
    register(
        app ->
            new ClientApp(
                app.id(), app.credentials(), true, true, false, Optional.empty(), app.grants()));
    String jti = "j".repeat(length);
    token =
        Optional.of(
            token(
                new Claims(
                    APP,
                    GOOD.expiresAt(),
                    Optional.empty(),
                    GOOD.issuedAt(),
                    Optional.of(jti),
                    Optional.empty())));

    if (length == 0 || length > 256) {
      assertThat(authenticate("token")).isEqualTo(refused(Refusal.NO_JTI));
    } else {
      assertThat(((Authenticated) authenticate("token")).token().goodOnce())
          .contains(JtiDigest.of(jti));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // what aud holds, by commas; whether the token is taken
    "this-stack,            true",
    "'other,this-stack',    true",
    "other-stack,           false",
    "'',                    false",
    "this-stack-2,          false",
  })
  void takesATokenForAnotherServiceForNone(String audience, boolean isTaken) {
    List<String> values = audience.isEmpty() ? List.of() : List.of(audience.split(","));
    token =
        Optional.of(
            token(
                new Claims(
                    APP,
                    GOOD.expiresAt(),
                    GOOD.notBefore(),
                    GOOD.issuedAt(),
                    GOOD.jti(),
                    Optional.of(values))));

    assertThat(authenticate("token"))
        .isEqualTo(isTaken ? ACCEPTED : refused(Refusal.WRONG_AUDIENCE));
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "0, true", "1, false"})
  void refusesTokensThatWereTakenBack(long notBefore, boolean isTaken) {
    register(app -> takingBack(app, NOW.plusSeconds(notBefore), false));

    if (isTaken) {
      assertThat(authenticate("token")).isInstanceOf(Authenticated.class);
    } else {
      assertThat(authenticate("token")).isEqualTo(refused(Refusal.TAKEN_BACK));
    }
  }

  @Test
  void aTokenThatDoesNotSayWhenItWasMadeIsTakenBackToo() {
    register(app -> takingBack(app, NOW.minusSeconds(9), true));
    token = Optional.of(token(undated(Optional.empty())));

    assertThat(authenticate("token")).isEqualTo(refused(Refusal.TAKEN_BACK));
  }

  private static Claims undated(Optional<String> jti) {
    return new Claims(
        APP, Optional.empty(), Optional.empty(), Optional.empty(), jti, Optional.empty());
  }

  private static ClientApp takingBack(ClientApp app, Instant first, boolean isUndated) {
    return new ClientApp(
        app.id(), app.credentials(), true, false, isUndated, Optional.of(first), app.grants());
  }

  @Test
  void findsASecretThatWasRotatedSinceItWasLookedUp() {
    secrets =
        new KnownSecrets(
            List.of(new Secret(utf8("the former secret of this client app"), Optional.empty())),
            List.of(new Secret(SECRET, Optional.empty())));

    assertThat(authenticate("token")).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({"-301, false", "-300, true", "10, true"})
  void theSecretBeforeARotationIsGoodForTheTokensOfThatTimeOnly(long replaced, boolean isTaken) {
    Secret current = new Secret(utf8("the current secret of this client app"), Optional.empty());
    Secret former = new Secret(SECRET, Optional.of(NOW.plusSeconds(replaced)));
    secrets = new KnownSecrets(List.of(current), List.of(current, former));

    assertThat(authenticate("token"))
        .isEqualTo(isTaken ? ACCEPTED : refused(Refusal.WRONG_SIGNATURE));
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
