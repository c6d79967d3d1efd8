package conversations.deletion.application.port;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.ConversationPosition;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewConversation;
import conversations.deletion.domain.PreviewId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The conversations that previews list, by strongly consistent reads.
 *
 * <p>A preview whose id another preview had before, as its idempotency key was used again, sees
 * only its own: the chunks of another submission are as good as not there.
 */
public interface PreviewLists {

  /** The conversations that the caller asked about; empty if it asked about a channel user. */
  List<ConversationId> asked(Preview preview);

  /** Finds one chunk of a preview. */
  Optional<PreviewChunk> find(PreviewId preview, int number);

  /** Hands the ids of all conversations that a preview lists to the consumer. */
  void forEachId(Preview preview, Consumer<ConversationId> consumer);

  /**
   * Reads a page, in the order of the chunks and of the places within each.
   *
   * @param from the place where the page begins
   * @param limit the most conversations of the page
   */
  PreviewPage page(Preview preview, ConversationPosition from, int limit);

  /**
   * A page of conversations.
   *
   * @param next the place where the next page begins; absent on the last page
   */
  record PreviewPage(
      List<PreviewConversation> conversations, Optional<ConversationPosition> next) {}
}
