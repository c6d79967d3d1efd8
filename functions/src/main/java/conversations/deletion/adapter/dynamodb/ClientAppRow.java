package conversations.deletion.adapter.dynamodb;

import conversations.deletion.application.port.ClientApps.Registration;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Credentials;
import conversations.deletion.domain.Grants;
import conversations.deletion.domain.Moments;
import conversations.deletion.domain.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads a client app from its row. A grant that can't be used is left out. With anything else that
 * can't be used there is no client app: it must not get more than the operator meant.
 *
 * <p>No lambdas or streams where it can be helped: they cost time at a function's cold start.
 */
final class ClientAppRow {

  private static final String ALGORITHM = "algorithm";
  private static final String SCOPES = "scopes";
  private static final String TOKENS_NOT_BEFORE = "tokensNotBefore";

  private final OperatorRow row;

  private ClientAppRow(OperatorRow row) {
    this.row = row;
  }

  static Registration read(ClientAppId id, Map<String, AttributeValue> item) {
    OperatorRow row = new OperatorRow(item);
    Optional<ClientApp> clientApp = new ClientAppRow(row).clientApp(id);
    return new Registration(clientApp, row.faults());
  }

  private Optional<ClientApp> clientApp(ClientAppId id) {
    Optional<Credentials> credentials = credentials();
    Optional<Boolean> enabled = row.flag("enabled");
    Optional<Boolean> requiresJti = row.optionalFlag("requiresJti");
    Optional<Boolean> allowsUndatedTokens = row.optionalFlag("allowsUndatedTokens");
    Optional<Instant> tokensNotBefore = moment(TOKENS_NOT_BEFORE);
    Optional<Map<String, AttributeValue>> scopes = row.map(SCOPES);
    if (credentials.isEmpty()
        || enabled.isEmpty()
        || requiresJti.isEmpty()
        || allowsUndatedTokens.isEmpty()
        || (tokensNotBefore.isEmpty() && row.has(TOKENS_NOT_BEFORE))
        || scopes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClientApp(
            id,
            credentials.get(),
            enabled.get(),
            requiresJti.get(),
            allowsUndatedTokens.get(),
            tokensNotBefore,
            grants(scopes.get())));
  }

  private Optional<Instant> moment(String name) {
    Optional<String> text = row.optionalText(name);
    Optional<Instant> moment = text.flatMap(Moments::find);
    if (text.isPresent() && moment.isEmpty()) {
      row.add(name, "no moment of ISO 8601");
    }
    return moment;
  }

  private Optional<Credentials> credentials() {
    Optional<String> algorithm = row.text(ALGORITHM);
    if (algorithm.isEmpty()) {
      return Optional.empty();
    }
    return switch (algorithm.get()) {
      case "HS256" -> Optional.of(new Credentials.SharedSecret());
      case "RS256" -> row.text("publicKey").map(Credentials.RsaPublicKey::new);
      case "ES256" -> row.text("publicKey").map(Credentials.EcPublicKey::new);
      default -> {
        row.add(ALGORITHM, "not HS256, RS256 or ES256");
        yield Optional.empty();
      }
    };
  }

  private Grants grants(Map<String, AttributeValue> scopes) {
    Map<BotId, Set<Scope>> grants = new HashMap<>();
    int oddKeys = 0;
    int oddValues = 0;
    for (Map.Entry<String, AttributeValue> grant : scopes.entrySet()) {
      if (!BotId.isValid(grant.getKey())) {
        oddKeys++;
      } else if (!grant.getValue().hasSs()) {
        oddValues++;
      } else {
        grants.put(new BotId(grant.getKey()), known(grant.getValue()));
      }
    }
    addSkipped(oddKeys, "under a key that is no id of a bot");
    addSkipped(oddValues, "whose value is no string set");
    return new Grants(grants);
  }

  private void addSkipped(int count, String what) {
    if (count > 0) {
      row.add(SCOPES, "skipped %d %s".formatted(count, what));
    }
  }

  /** The platform's scopes that this service does not use are left out. */
  private static Set<Scope> known(AttributeValue names) {
    Set<Scope> scopes = new HashSet<>();
    for (String name : names.ss()) {
      Scope.find(name).ifPresent(scopes::add);
    }
    return scopes;
  }
}
