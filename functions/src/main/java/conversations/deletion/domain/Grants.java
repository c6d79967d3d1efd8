package conversations.deletion.domain;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client app may do, with which bot.
 *
 * @param scopes the scopes for each bot that the client app is bound to
 */
public record Grants(Map<BotId, Set<Scope>> scopes) {

  public Grants {
    scopes =
        scopes.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }

  /** Tells whether the client app may do this with the bot. */
  public boolean allow(BotId bot, Scope scope) {
    return scopes.getOrDefault(bot, Set.of()).contains(scope);
  }
}
