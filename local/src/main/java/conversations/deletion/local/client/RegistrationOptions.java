package conversations.deletion.local.client;

import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the command is asked to register.
 *
 * @param appId id of the client app
 * @param bots the bots that it is bound to; empty where none was named
 * @param scopes what it may do with each of them
 * @param algorithm what it signs with
 * @param requiresJti whether each of its tokens is good once
 * @param deployed the deployed stack, where one is meant
 */
record RegistrationOptions(
    String appId,
    Set<String> bots,
    Set<String> scopes,
    JWSAlgorithm algorithm,
    boolean requiresJti,
    Optional<Deployed> deployed) {

  /** The grants of a client app travel with each of its requests, so their number is bounded. */
  private static final int MAX_BOTS = 100;

  private static final List<String> ALGORITHMS = List.of("HS256", "RS256", "ES256");

  /** Names of the outputs {@code ClientAppsTable} and {@code ClientSecretsPrefix} of a stack. */
  record Deployed(String clientAppsTable, String secretsPrefix) {}

  /**
   * Reads the options.
   *
   * @param property finds a system property; null or blank where it is not set
   * @throws IllegalArgumentException if one cannot be used
   */
  static RegistrationOptions read(Function<String, String> property) {
    var options = new Reader(property);
    return new RegistrationOptions(
        options.appId(),
        options.bots(),
        options.scopes(),
        options.algorithm(),
        options.text("requiresJti").map(Boolean::parseBoolean).orElse(false),
        options.deployed());
  }

  /** The same scopes for each bot, the given one where none was named. */
  Map<String, Set<String>> grants(String botByDefault) {
    return (bots.isEmpty() ? Set.of(botByDefault) : bots)
        .stream().collect(Collectors.toMap(Function.identity(), _ -> scopes));
  }

  private record Reader(Function<String, String> property) {

    Optional<String> text(String name) {
      return Optional.ofNullable(property.apply(name))
          .map(String::strip)
          .filter(text -> !text.isEmpty());
    }

    Set<String> list(String name) {
      return text(name).stream()
          .flatMap(all -> Arrays.stream(all.split(",")))
          .map(String::strip)
          .filter(one -> !one.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    }

    String appId() {
      var appId = text("appId").orElseGet(() -> "app-" + UUID.randomUUID());
      require(ClientAppId.isValid(appId), "-DappId is 1 to 128 letters, digits, '-' or '_'");
      return appId;
    }

    Set<String> bots() {
      var bots = list("bot");
      require(
          bots.stream().allMatch(BotId::isValid),
          "-Dbot is one or more ids, with commas between, of 1 to 128 letters, digits, '-' or '_'");
      require(bots.size() <= MAX_BOTS, "A client app is bound to at most " + MAX_BOTS + " bots");
      return bots;
    }

    Set<String> scopes() {
      var known = Arrays.stream(Scope.values()).map(Scope::text).collect(Collectors.toSet());
      var scopes = list("scopes");
      require(
          known.containsAll(scopes),
          "-Dscopes is one or more, with commas between, of: " + String.join(", ", known));
      return scopes.isEmpty() ? Set.copyOf(known) : scopes;
    }

    JWSAlgorithm algorithm() {
      var algorithm = text("algorithm").orElse("HS256");
      require(
          ALGORITHMS.contains(algorithm), "-Dalgorithm is one of " + String.join(", ", ALGORITHMS));
      return JWSAlgorithm.parse(algorithm);
    }

    Optional<Deployed> deployed() {
      var table = text("clientAppsTable");
      var prefix = text("secretsPrefix");
      require(
          table.isPresent() == prefix.isPresent(),
          "-DclientAppsTable and -DsecretsPrefix go together: the stack's outputs"
              + " ClientAppsTable and ClientSecretsPrefix");
      require(
          table.isEmpty() || text("bot").isPresent(),
          "-Dbot says which bots of the stack it is for");
      return table.map(name -> new Deployed(name, prefix.orElseThrow()));
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }
  }
}
