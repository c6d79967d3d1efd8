package conversations.deletion.handler;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.Scope;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Who calls, as the authorizer found and API Gateway hands on with the request, in the texts that
 * alone fit there.
 *
 * @param clientApp the client app
 * @param grants what it may do
 */
record Caller(ClientAppId clientApp, Grants grants) {

  private static final String APP_ID = "appId";
  private static final String GRANTS = "grants";

  /** None of these is in an id or in the name of a scope. */
  private static final String BETWEEN_BOTS = ";";

  private static final String AFTER_BOT = "=";
  private static final String BETWEEN_SCOPES = "|";

  /**
   * Reads the context of a request.
   *
   * @throws IllegalStateException if it names no client app: no authorizer has let the request in
   */
  static Caller ofContext(Map<String, Object> context) {
    String clientApp =
        find(context, APP_ID)
            .orElseThrow(() -> new IllegalStateException("a request without a client app"));
    return new Caller(new ClientAppId(clientApp), grants(find(context, GRANTS).orElse("")));
  }

  Map<String, Object> toContext() {
    return Map.of(APP_ID, clientApp.value(), GRANTS, text(grants));
  }

  private static Optional<String> find(Map<String, Object> context, String key) {
    return Optional.ofNullable(context)
        .map(present -> present.get(key))
        .filter(String.class::isInstance)
        .map(String.class::cast);
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
    return new Grants(
        Arrays.stream(text.split(BETWEEN_BOTS))
            .filter(grant -> !grant.isEmpty())
            .map(grant -> grant.split(AFTER_BOT, 2))
            .collect(
                toUnmodifiableMap(
                    grant -> new BotId(grant[0]),
                    grant ->
                        Arrays.stream(grant[1].split("\\" + BETWEEN_SCOPES))
                            .map(Scope::find)
                            .flatMap(Optional::stream)
                            .collect(toUnmodifiableSet()))));
  }
}
