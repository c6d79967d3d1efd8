package conversations.deletion.application.port;

import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import java.util.Optional;

/** What the platform knows about its bots. */
public interface Bots {

  /** Finds a bot. */
  Optional<Bot> find(BotId bot);
}
