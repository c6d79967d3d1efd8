package conversations.deletion.application.previews;

import conversations.deletion.application.port.ConversationReads;
import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.ConversationReads.IndexPage;
import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.PreviewConversation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The conversations of a channel user that the index names, each once. Goes on where the preview's
 * stored chunks end. Used by one thread.
 */
final class FoundConversations {

  /** So many pages that name nothing new are worth storing how far the index was read. */
  private static final int MOST_PAGES = 200;

  private final HeldPreview held;
  private final ConversationReads records;
  private final ChannelUserConversations user;
  private final Set<ConversationId> known = new HashSet<>();
  private Optional<IndexPosition> position;

  FoundConversations(HeldPreview held, ConversationReads records, PreviewLists lists) {
    this.held = held;
    this.records = records;
    this.user = held.preview().target().ofChannelUser().orElseThrow();
    this.position = held.state().progress().position();
    if (position.isPresent()) {
      lists.forEachId(
          held.preview(),
          id -> {
            held.keepAlive();
            known.add(id);
          });
    }
  }

  /**
   * A part of what the index names.
   *
   * @param conversations at most {@value Chunk#MAX_CONVERSATIONS} that were not named before
   * @param beforeStart how many more began before a start that nobody named
   * @param position how far the index was read; absent at its end
   */
  record Group(
      List<PreviewConversation> conversations,
      long beforeStart,
      Optional<IndexPosition> position) {}

  /** The next part. */
  Group next() {
    List<PreviewConversation> found = new ArrayList<>();
    long beforeStart = 0;
    int pages = 0;
    do {
      held.requireTimeToRead();
      IndexPage page =
          held.insist(() -> records.find(held.bot(), user, position, Chunk.MAX_CONVERSATIONS));
      for (IndexEntry entry : page.conversations()) {
        if (known.add(entry.conversation())) {
          found.add(PreviewConversation.unread(entry.conversation(), entry.startedAt()));
        }
      }
      beforeStart += user.hasDefaultStart() ? page.before() : 0;
      position = page.next();
    } while (found.isEmpty() && position.isPresent() && ++pages < MOST_PAGES);
    return new Group(found, beforeStart, position);
  }
}
