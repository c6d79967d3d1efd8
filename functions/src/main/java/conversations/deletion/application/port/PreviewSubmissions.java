package conversations.deletion.application.port;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Preview;
import java.time.Instant;
import java.util.List;

/** Stores new previews. */
public interface PreviewSubmissions {

  /**
   * Stores a new preview, with the conversations that are asked for if they are listed. It stores
   * all of it or nothing.
   *
   * @param listed the conversations listed; empty for a channel user's preview
   * @param sweepAt when a sweep is to check whether the preview got lost
   * @return this preview, or the one with the same id that was stored before
   */
  Preview submit(Preview preview, List<ConversationId> listed, Instant sweepAt);
}
