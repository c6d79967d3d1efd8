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

  /** The caller's own name for the request; absent if it gave none. */
  Optional<Reference> reference();

  /**
   * Asks for the conversations listed.
   *
   * @param conversations 1 to {@value #MAX_CONVERSATIONS} ids; a repeated id counts once
   */
  record ByConversations(List<ConversationId> conversations, Optional<Reference> reference)
      implements DeletionRequest {

    /** Asks for them without a reference. */
    public ByConversations(List<ConversationId> conversations) {
      this(conversations, Optional.empty());
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
  }

  /**
   * Asks for the conversations of a channel user that started in a time range.
   *
   * @param start first moment, included; absent: the later of the user's and the bot's creation
   * @param end last moment, included; absent: the moment of submission
   */
  record ByChannelUser(
      ChannelUserId channelUser,
      Optional<Instant> start,
      Optional<Instant> end,
      Optional<Reference> reference)
      implements DeletionRequest {

    /** Asks for them without a reference. */
    public ByChannelUser(
        ChannelUserId channelUser, Optional<Instant> start, Optional<Instant> end) {
      this(channelUser, start, end, Optional.empty());
    }
  }
}
