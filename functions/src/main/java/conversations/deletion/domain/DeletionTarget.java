package conversations.deletion.domain;

import java.util.Optional;

/** What a job deletes, fixed at submission. */
public sealed interface DeletionTarget {

  /** How the target was named. */
  RequestType requestType();

  /** Whose conversations are asked for; absent if they are listed, or if that is forgotten. */
  default Optional<ChannelUserConversations> ofChannelUser() {
    return Optional.empty();
  }

  /**
   * The conversations that the caller listed. Their ids are stored once only, in the job's first
   * {@link Chunk}.
   */
  record ListedConversations() implements DeletionTarget {
    @Override
    public RequestType requestType() {
      return RequestType.CONVERSATION_IDS;
    }
  }

  /**
   * The target is no longer known. The channel user and the ids were dropped some time after the
   * job's end.
   */
  record Forgotten(RequestType requestType) implements DeletionTarget {}

  /**
   * The conversations of a channel user that started in a range.
   *
   * @param hasDefaultStart whether the caller named no start, so that the range begins with the
   *     creation of the channel user or the bot
   */
  record ChannelUserConversations(
      ChannelUserId channelUser, DateRange range, boolean hasDefaultStart)
      implements DeletionTarget {

    /** Those of a range whose start the caller named. */
    public ChannelUserConversations(ChannelUserId channelUser, DateRange range) {
      this(channelUser, range, false);
    }

    @Override
    public RequestType requestType() {
      return RequestType.CHANNEL_USER;
    }

    @Override
    public Optional<ChannelUserConversations> ofChannelUser() {
      return Optional.of(this);
    }
  }
}
