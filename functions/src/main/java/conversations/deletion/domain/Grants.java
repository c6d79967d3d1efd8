package conversations.deletion.domain;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a client app may do, with which bot.
 *
 * @param scopes the scopes for each bot that the client app is bound to
 */
public record Grants(Map<BotId, Set<Scope>> scopes) {

  public Grants {
    // No lambdas or streams here: they cost time at a function's cold start.
    Map<BotId, Set<Scope>> copy = new HashMap<>();
    for (Map.Entry<BotId, Set<Scope>> grant : scopes.entrySet()) {
      copy.put(grant.getKey(), Set.copyOf(grant.getValue()));
    }
    scopes = Collections.unmodifiableMap(copy);
  }

  /** Tells whether the client app may do this with the bot. */
  public boolean allow(BotId bot, Scope scope) {
    return scopes.getOrDefault(bot, Set.of()).contains(scope);
  }
}
