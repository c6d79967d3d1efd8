package conversations.deletion.domain;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a caller asks to delete. The request is well-formed and accepted, but nothing has been
 * looked up yet.
 */
public sealed interface DeletionRequest {

  /** The most conversations that one request may list. */
  int MAX_CONVERSATIONS = 100;

  /** What goes with it, such as the caller's own name for it. */
  Terms terms();

  /** The conversations that it lists; none if it names them otherwise. */
  default List<ConversationId> listed() {
    return List.of();
  }

  /** Asks by saying which conversations are meant. */
  sealed interface Described extends DeletionRequest permits ByConversations, ByChannelUser {}

  /**
   * Asks for the conversations listed.
   *
   * @param conversations 1 to {@value #MAX_CONVERSATIONS} ids; a repeated id counts once
   */
  record ByConversations(List<ConversationId> conversations, Terms terms) implements Described {

    /** Asks for them, and nothing goes with that. */
    public ByConversations(List<ConversationId> conversations) {
      this(conversations, Terms.NONE);
    }

    /**
     * @throws IllegalArgumentException if there are none or too many
     */
    public ByConversations {
      conversations = List.copyOf(new LinkedHashSet<>(conversations));
      if (conversations.isEmpty() || conversations.size() > MAX_CONVERSATIONS) {
        throw new IllegalArgumentException(
            "a request must list 1 to " + MAX_CONVERSATIONS + " conversations");
      }
    }

    @Override
    public List<ConversationId> listed() {
      return conversations;
    }
  }

  /**
   * Asks for the conversations of a channel user that started in a time range.
   *
   * @param start first moment, included; absent: the later of the user's and the bot's creation
   * @param end last moment, included; absent: the moment of submission
   */
  record ByChannelUser(
      ChannelUserId channelUser, Optional<Instant> start, Optional<Instant> end, Terms terms)
      implements Described {

    /** Asks for them, and nothing goes with that. */
    public ByChannelUser(
        ChannelUserId channelUser, Optional<Instant> start, Optional<Instant> end) {
      this(channelUser, start, end, Terms.NONE);
    }
  }

  /**
   * Asks for the conversations that a preview lists, and no other.
   *
   * @param preview the preview
   */
  record ByPreview(PreviewId preview, Terms terms) implements DeletionRequest {}
}
