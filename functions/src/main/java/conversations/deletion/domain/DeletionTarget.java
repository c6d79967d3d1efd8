package conversations.deletion.domain;

import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import java.time.Instant;
import java.util.Optional;

/** What a job deletes, fixed at submission. */
public sealed interface DeletionTarget {

  /**
   * What a request asks for, by what is known at its submission.
   *
   * @param created the later of the creation of the bot and of the channel user, where the request
   *     names no start; absent if neither is known
   */
  static DeletionTarget of(
      DeletionRequest.Described request, Instant submittedAt, Optional<Instant> created) {
    return switch (request) {
      case ByConversations _ -> new ListedConversations();
      case ByChannelUser asked -> {
        Instant end = earlier(asked.end().orElse(submittedAt), submittedAt);
        Instant start = asked.start().orElseGet(() -> earlier(created.orElse(Instant.EPOCH), end));
        yield new ChannelUserConversations(
            asked.channelUser(), new DateRange(start, end), asked.start().isEmpty());
      }
    };
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** How the target was named. */
  RequestType requestType();

  /** The preview that lists what is asked for; absent if none does. */
  default Optional<PreviewId> preview() {
    return Optional.empty();
  }

  /** How many conversations are known from the start to be meant, beside those in chunks. */
  default long listed() {
    return 0;
  }

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
  record Forgotten(RequestType requestType, Optional<PreviewId> preview) implements DeletionTarget {

    /** One that no preview has listed. */
    public Forgotten(RequestType requestType) {
      this(requestType, Optional.empty());
    }
  }

  /**
   * The conversations that a preview lists, and no other.
   *
   * @param id the preview
   * @param chunks how many chunks its list has, each of which becomes a chunk of the job
   * @param conversations how many conversations they list
   * @param asked what the preview was about
   */
  record PreviewedConversations(PreviewId id, int chunks, long conversations, DeletionTarget asked)
      implements DeletionTarget {

    /**
     * @throws IllegalArgumentException if the chunks can't hold so many
     */
    public PreviewedConversations {
      if (conversations < chunks || conversations > (long) chunks * Chunk.MAX_CONVERSATIONS) {
        throw new IllegalArgumentException(
            chunks + " chunks can't list " + conversations + " conversations");
      }
    }

    @Override
    public RequestType requestType() {
      return asked.requestType();
    }

    @Override
    public Optional<ChannelUserConversations> ofChannelUser() {
      return asked.ofChannelUser();
    }

    @Override
    public Optional<PreviewId> preview() {
      return Optional.of(id);
    }

    @Override
    public long listed() {
      return conversations;
    }
  }

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
