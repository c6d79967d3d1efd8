package conversations.deletion.domain;

import static java.util.Comparator.comparing;

import java.util.List;

/** What a hold keeps from being deleted. */
public sealed interface HoldTarget {

  /**
   * Conversations by their ids, whether they are there or not.
   *
   * @param ids 1 to {@value #MAX} ids, each once, in the order of their characters: two that hold
   *     the same are equal
   */
  record HeldConversations(List<ConversationId> ids) implements HoldTarget {

    /** With the other writes of a hold they fit into one transaction of DynamoDB. */
    public static final int MAX = 90;

    /**
     * @throws IllegalArgumentException if there is none, or if there are too many
     */
    public HeldConversations {
      ids = ids.stream().distinct().sorted(comparing(ConversationId::value)).toList();
      if (ids.isEmpty() || ids.size() > MAX) {
        throw new IllegalArgumentException("a hold of " + ids.size() + " conversations");
      }
    }
  }

  /** All conversations of a channel user, those to come too. */
  record HeldChannelUser(ChannelUserId user) implements HoldTarget {}
}
