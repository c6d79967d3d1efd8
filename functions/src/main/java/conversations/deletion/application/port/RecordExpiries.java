package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Instant;
import java.util.Optional;

/** Tells when conversation records expire, which no hold stops. */
public interface RecordExpiries {

  /**
   * The earliest moment at which a record of a conversation expires, as far as one page of its
   * records tells. Absent if none of them expires.
   */
  Optional<Instant> earliest(BotId bot, ConversationId conversation);
}
