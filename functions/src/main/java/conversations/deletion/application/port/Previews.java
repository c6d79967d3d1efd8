package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewId;
import java.util.Optional;

/** The previews: what was asked for, and what was counted. */
public interface Previews {

  /** Finds a preview of this bot, by a strongly consistent read. */
  Optional<Preview> find(BotId bot, PreviewId preview);
}
