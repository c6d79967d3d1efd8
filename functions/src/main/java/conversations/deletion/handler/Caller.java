package conversations.deletion.handler;

import static java.util.stream.Collectors.joining;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.Scope;
import conversations.deletion.domain.VerifiedToken;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The client app that calls, as the authorizer found it. API Gateway passes this on with the
 * request, as texts, because it passes on nothing else.
 *
 * <p>Of a token that is good once, only the digest of its {@code jti} is passed on: an authorizer
 * may pass on at most 8 KB.
 *
 * @param token the token that the client app brought
 * @param grants what the client app may do
 */
record Caller(VerifiedToken token, Grants grants) {

  private static final String APP_ID = "appId";
  private static final String GRANTS = "grants";
  private static final String TOKEN_GOOD_UNTIL = "tokenGoodUntil";
  private static final String JTI_DIGEST = "jtiDigest";

  /** No id and no name of a scope contains any of these separators. */
  private static final String BETWEEN_BOTS = ";";

  private static final String AFTER_BOT = "=";
  private static final String BETWEEN_SCOPES = "|";

  /**
   * Reads the context of a request.
   *
   * @throws IllegalStateException if it does not name the client app, or until when the token is
   *     good: then no authorizer has let the request in
   */
  static Caller ofContext(Map<String, Object> context) {
    return new Caller(
        new VerifiedToken(
            new ClientAppId(require(context, APP_ID)),
            Instant.ofEpochSecond(Long.parseLong(require(context, TOKEN_GOOD_UNTIL))),
            goodOnce(find(context, JTI_DIGEST))),
        grants(find(context, GRANTS).orElse("")));
  }

  Map<String, Object> toContext() {
    Map<String, Object> context = new HashMap<>();
    context.put(APP_ID, clientApp().value());
    context.put(GRANTS, text(grants));
    context.put(TOKEN_GOOD_UNTIL, Long.toString(token.goodUntil().getEpochSecond()));
    token.goodOnce().ifPresent(jti -> context.put(JTI_DIGEST, jti.value()));
    return context;
  }

  ClientAppId clientApp() {
    return token.clientApp();
  }

  private static Optional<JtiDigest> goodOnce(Optional<String> digest) {
    return digest.isPresent() ? Optional.of(new JtiDigest(digest.get())) : Optional.empty();
  }

  private static String require(Map<String, Object> context, String key) {
    Optional<String> value = find(context, key);
    if (value.isEmpty()) {
      throw new IllegalStateException("no authorizer has let this request in");
    }
    return value.get();
  }

  private static Optional<String> find(Map<String, Object> context, String key) {
    return context != null && context.get(key) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  private static String text(Grants grants) {
    return grants.scopes().entrySet().stream()
        .map(
            grant ->
                grant.getKey()
                    + AFTER_BOT
                    + grant.getValue().stream()
                        .sorted()
                        .map(Scope::text)
                        .collect(joining(BETWEEN_SCOPES)))
        .sorted()
        .collect(joining(BETWEEN_BOTS));
  }

  private static Grants grants(String text) {
    Map<BotId, Set<Scope>> scopes = new HashMap<>();
    for (String grant : text.split(BETWEEN_BOTS)) {
      if (!grant.isEmpty()) {
        String[] parts = grant.split(AFTER_BOT, 2);
        scopes.put(new BotId(parts[0]), scopes(parts[1]));
      }
    }
    return new Grants(scopes);
  }

  private static Set<Scope> scopes(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : text.split("\\" + BETWEEN_SCOPES)) {
      Optional<Scope> known = Scope.find(name);
      if (known.isPresent()) {
        scopes.add(known.get());
      }
    }
    return scopes;
  }
}
