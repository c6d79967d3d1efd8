package conversations.deletion.domain;

/** What a job deletes, fixed at submission. */
public sealed interface DeletionTarget {

  /** How the target was named. */
  RequestType requestType();

  /**
   * The conversations that were listed; the job's first {@link Chunk} holds their ids, so that they
   * are stored once.
   */
  record ListedConversations() implements DeletionTarget {
    @Override
    public RequestType requestType() {
      return RequestType.CONVERSATION_IDS;
    }
  }

  /**
   * What was deleted is no longer told: the channel user and the ids were dropped, some time after
   * the job's end.
   */
  record Forgotten(RequestType requestType) implements DeletionTarget {}

  /** The conversations of a channel user that started in a range. */
  record ChannelUserConversations(ChannelUserId channelUser, DateRange range)
      implements DeletionTarget {
    @Override
    public RequestType requestType() {
      return RequestType.CHANNEL_USER;
    }
  }
}
