package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.SigningKey;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.api.Service.Reply;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tokens as they come over HTTP: what API Gateway's cache must not let through. */
class TokenUseIT {

  private static final Duration VALIDITY = Duration.ofMinutes(5);

  private static Service service;
  private static ClientApp once;

  @BeforeAll
  static void start() {
    service = Service.start();
    once = ClientApp.withNewSecret("app-" + UUID.randomUUID()).whoseTokensAreGoodOnce();
    register(once, Map.of(service.bot, Set.of(Service.LOGS_HISTORY)));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "RS256", "ES256"})
  void aTokenOfEachAlgorithmGetsInAndOneOfAnotherKeyDoesNot(String algorithm) {
    JWSAlgorithm signedWith = JWSAlgorithm.parse(algorithm);
    ClientApp app = ClientApp.withNewKey("app-" + UUID.randomUUID(), signedWith);
    register(app, Map.of(service.bot, Set.of(Service.LOGS_HISTORY)));

    assertThat(changeLog(app.token(VALIDITY)).status()).isEqualTo(200);
    for (String other : List.of("HS256", "RS256", "ES256")) {
      ClientApp forger = ClientApp.withNewKey(app.appId(), JWSAlgorithm.parse(other));
      assertThat(changeLog(forger.token(VALIDITY)).status()).isEqualTo(401);
    }
  }

  @Test
  void aTokenThatIsGoodOnceIsRefusedTheSecondTimeThoughTheGatewayRemembersIt() {
    String token = once.token(VALIDITY);

    Reply first = changeLog(token);
    Reply second = changeLog(token);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(401);
    assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(second.faults()).containsExactly("auth: token_already_used");
  }

  @Test
  void aJtiIsGoodOnceWhateverTokenItIsIn() {
    String jti = UUID.randomUUID().toString();

    assertThat(changeLog(once.token(VALIDITY, jti)).status()).isEqualTo(200);
    assertThat(changeLog(once.token(VALIDITY.plusMinutes(1), jti)).status()).isEqualTo(401);
  }

  @Test
  void aJtiOfOneClientAppIsNoneOfAnothers() {
    ClientApp other = ClientApp.withNewSecret("app-" + UUID.randomUUID()).whoseTokensAreGoodOnce();
    register(other, Map.of(service.bot, Set.of(Service.LOGS_HISTORY)));
    String jti = UUID.randomUUID().toString();

    assertThat(changeLog(once.token(VALIDITY, jti)).status()).isEqualTo(200);
    assertThat(changeLog(other.token(VALIDITY, jti)).status()).isEqualTo(200);
  }

  /** From an ECDSA signature (r, s) anyone can make a second valid one, (r, n - s). */
  @Test
  void aTokenThatIsGoodOnceIsNotGoodAgainInAnotherShape() {
    ClientApp app =
        ClientApp.withNewKey("app-" + UUID.randomUUID(), JWSAlgorithm.ES256)
            .whoseTokensAreGoodOnce();
    register(app, Map.of(service.bot, Set.of(Service.LOGS_HISTORY)));
    String token = app.token(VALIDITY);

    assertThat(changeLog(token).status()).isEqualTo(200);
    Reply reshaped = changeLog(withOtherS(token, app));
    assertThat(reshaped.status()).isEqualTo(401);
    assertThat(reshaped.faults()).containsExactly("auth: token_already_used");
  }

  @RepeatedTest(10)
  void ofSimultaneousUsesOfOneTokenOneAloneGetsIn() throws Exception {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    for (int uses : List.of(2, 8)) {
      String token = once.token(VALIDITY);
      List<Callable<Integer>> calls =
          IntStream.range(0, uses)
              .<Callable<Integer>>mapToObj(_ -> () -> changeLog(token).status())
              .toList();

      List<Integer> statuses;
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        statuses = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
      }

      assertThat(statuses).containsOnlyOnce(200);
      assertThat(statuses.stream().filter(status -> status == 401)).hasSize(uses - 1);
    }
  }

  @Test
  void aClientAppWhoseTokensAreGoodOnceHasToTellThemApart() {
    ClientApp forgetful = new ClientApp(once.appId(), once.key(), false);

    assertThat(changeLog(forgetful.token(VALIDITY)).status()).isEqualTo(401);
    assertThat(changeLog(once.token(VALIDITY, "")).status()).isEqualTo(401);
    assertThat(changeLog(once.token(VALIDITY, "j".repeat(257))).status()).isEqualTo(401);
    assertThat(changeLog(once.token(VALIDITY, "j".repeat(256))).status()).isEqualTo(200);
  }

  @Test
  void aTokenThatWasRefusedElsewhereIsNotSpent() {
    String token = once.token(VALIDITY);

    assertThat(get(service.jobsPath(), token).status()).isEqualTo(403);
    assertThat(changeLog(token).status()).isEqualTo(200);
  }

  /**
   * The gateway keeps the authorizer's answer by the token alone, not by what the token is used
   * for.
   */
  @Test
  void whatTheGatewayRemembersReachesNoOtherBotAndNoOtherScope() {
    ClientApp reader = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    register(
        reader,
        Map.of(
            service.bot, Set.of(Service.LOGS_HISTORY),
            service.neighbourBot, Set.of(Service.DELETE_CONVERSATIONS)));
    String token = reader.token(VALIDITY);
    String job = "/cdj-" + UUID.randomUUID();
    String neighbour = "/api/public/bot/" + service.neighbourBot;
    assertThat(changeLog(token).status()).isEqualTo(200);
    // From here on the gateway answers from its cache; the authorizer would refuse.
    set(reader, "enabled", AttributeValue.fromBool(false));
    assertThat(changeLog(reader.token(VALIDITY.plusSeconds(1))).status()).isEqualTo(401);

    assertThat(changeLog(token).status()).isEqualTo(200);
    assertThat(get(neighbour + "/conversations/delete" + job, token).status()).isEqualTo(404);
    Stream.of(
            request(service.jobsPath(), token).POST(BodyPublishers.ofString("{\"cId\":\"u-1\"}")),
            request(service.jobsPath(), token).GET(),
            request(service.jobsPath() + job, token).GET(),
            request(service.jobsPath() + job, token).DELETE(),
            request(service.jobsPath() + job + "/conversations", token).GET(),
            request(neighbour + "/changelogs", token).GET(),
            request("/api/public/bot/st-unknown/changelogs", token).GET())
        .forEach(across -> assertThat(service.send(across).status()).isEqualTo(403));
  }

  @Test
  void twoAuthHeadersAreOneTooMany() {
    String good = service.app.token(VALIDITY);
    String forged = ClientApp.withNewSecret(service.app.appId()).token(VALIDITY);
    assertThat(changeLog(good).status()).isEqualTo(200);

    for (List<String> pair :
        List.of(List.of(good, forged), List.of(forged, good), List.of(good, good))) {
      Reply reply =
          service.send(
              service
                  .request(service.changeLogPath())
                  .header("auth", pair.getFirst())
                  .header("Auth", pair.getLast())
                  .GET());
      assertThat(reply.status()).isEqualTo(401);
    }
  }

  static Stream<HttpRequest.Builder> requestsWithTheTokenInAnotherForm() {
    String good = service.app.token(VALIDITY);
    Stream<HttpRequest.Builder> otherTexts =
        Stream.of(
                "Bearer " + good,
                "auth=" + good,
                "\"" + good + "\"",
                good + "," + good,
                good + " " + good,
                good.replaceFirst("\\.", ". "),
                good + ";",
                good + "=",
                good + "%00",
                "*",
                ".",
                "null")
            .map(text -> request(service.changeLogPath(), text));
    Stream<HttpRequest.Builder> otherPlaces =
        Stream.of(
            service.request(service.changeLogPath()),
            service.request(service.changeLogPath()).header("Authorization", "Bearer " + good),
            service.request(service.changeLogPath()).header("Cookie", "auth=" + good),
            service.request(service.changeLogPath()).header("X-auth", good),
            service.request(service.changeLogPath()).header("auth", ""),
            service.request(service.changeLogPath() + "?auth=" + good));
    return Stream.concat(otherTexts, otherPlaces);
  }

  @ParameterizedTest
  @MethodSource("requestsWithTheTokenInAnotherForm")
  void aGoodTokenIsTakenAsItIsFromTheAuthHeaderAndNotOtherwise(HttpRequest.Builder request) {
    Reply reply = service.send(request.GET());

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.faults()).containsExactly("auth: invalid_token");
  }

  @Test
  void aDisabledClientAppIsRefused() {
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    register(app, Map.of(service.bot, Set.of(Service.LOGS_HISTORY)));
    set(app, "enabled", AttributeValue.fromBool(false));

    assertThat(changeLog(app.token(VALIDITY)).status()).isEqualTo(401);
  }

  @Test
  void everyRefusalSaysWhichClaimsAreRequired() {
    assertThat(changeLog("no-token").body().path("errors").path(0).path("message").asText())
        .isEqualTo(
            "A JWT signed by a registered client app is expected, without Bearer before it, with"
                + " the claims appId, exp and iat, and jti where the client app requires it. Only"
                + " where the client app allows undated tokens may exp and iat be missing. By its"
                + " iat it may be no older than this service takes, an hour by default, and an aud"
                + " must name this service.");
  }

  /** As the reference documents a token: {@code sub} and {@code appId}, nothing else. */
  @Test
  void anUndatedTokenGetsInWhereTheClientAppAllowsIt() throws Exception {
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    register(app, Map.of(service.bot, Set.of(Service.LOGS_HISTORY)));
    String refused = undated(app, "someone");
    String accepted = undated(app, "somebody else");

    assertThat(changeLog(refused).status()).isEqualTo(401);
    set(app, "allowsUndatedTokens", AttributeValue.fromBool(true));
    assertThat(changeLog(accepted).status()).isEqualTo(200);
    assertThat(changeLog(accepted).status()).isEqualTo(200);
    assertThat(changeLog(refused).status()).as("a refusal is remembered too").isEqualTo(401);
  }

  private static String undated(ClientApp app, String subject) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder().subject(subject).claim("appId", app.appId()).build());
    token.sign(app.key().signer());
    return token.serialize();
  }

  @Test
  void anOddRowIsNoOutage() {
    ClientApp app = ClientApp.withNewSecret("app-" + UUID.randomUUID());
    register(
        app, Map.of(service.bot, Set.of(Service.LOGS_HISTORY), "*", Set.of(Service.LOGS_HISTORY)));

    assertThat(changeLog(app.token(VALIDITY)).status()).isEqualTo(200);
    set(app, "algorithm", AttributeValue.fromS("hs256"));
    assertThat(changeLog(app.token(VALIDITY.plusSeconds(1))).status()).isEqualTo(401);
    set(app, "algorithm", AttributeValue.fromS("HS256"));
    set(app, "enabled", AttributeValue.fromS("true"));
    assertThat(changeLog(app.token(VALIDITY.plusSeconds(2))).status()).isEqualTo(401);
    set(app, "enabled", AttributeValue.fromBool(true));
    assertThat(changeLog(app.token(VALIDITY.plusSeconds(3))).status()).isEqualTo(200);
  }

  private static void register(ClientApp app, Map<String, Set<String>> scopes) {
    service.aws.registrations().register(app, "App", scopes);
  }

  private static Reply changeLog(String token) {
    return get(service.changeLogPath(), token);
  }

  private static Reply get(String path, String token) {
    return service.send(request(path, token).GET());
  }

  private static HttpRequest.Builder request(String path, String token) {
    return service.request(path).header("auth", token);
  }

  private static void set(ClientApp app, String attribute, AttributeValue value) {
    service
        .aws
        .clients()
        .dynamoDb()
        .updateItem(
            request ->
                request
                    .tableName(service.aws.tableName("ClientAppsTable"))
                    .key(Map.of("appId", AttributeValue.fromS(app.appId())))
                    .updateExpression("SET #attribute = :value")
                    .expressionAttributeNames(Map.of("#attribute", attribute))
                    .expressionAttributeValues(Map.of(":value", value)));
  }

  private static String withOtherS(String token, ClientApp app) {
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    ECPublicKey key = (ECPublicKey) ((SigningKey.Pair) app.key()).keys().getPublic();
    byte[] other = key.getParams().getOrder().subtract(s).toByteArray();
    Arrays.fill(signature, 32, 64, (byte) 0);
    int length = Math.min(other.length, 32);
    System.arraycopy(other, other.length - length, signature, 64 - length, length);
    return token.substring(0, dot + 1)
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }
}
