package conversations.deletion.domain;

import java.util.List;

/**
 * A part of the list of a preview's conversations, stored as one item.
 *
 * @param number from 1, in the order in which they were found
 * @param conversations at most {@value Chunk#MAX_CONVERSATIONS}
 */
public record PreviewChunk(int number, List<PreviewConversation> conversations) {

  /**
   * @throws IllegalArgumentException if there are too many conversations
   */
  public PreviewChunk {
    conversations = List.copyOf(conversations);
    if (number < 1 || conversations.size() > Chunk.MAX_CONVERSATIONS) {
      throw new IllegalArgumentException(
          "chunk " + number + " with " + conversations.size() + " conversations");
    }
  }

  /** What its conversations add to the preview's counts. */
  public PreviewCounts counts() {
    return conversations.stream()
        .map(PreviewConversation::counts)
        .reduce(PreviewCounts.NONE, PreviewCounts::plus);
  }

  /** Tells whether any of its conversations is not yet read to its end. */
  public boolean hasUnread() {
    return conversations.stream().anyMatch(one -> one.unread().isPresent());
  }
}
