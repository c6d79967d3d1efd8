package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionRequest.Described;
import java.time.Instant;
import java.util.Optional;

/** When bots and their channel users were created. */
public interface CreationDates {

  /** The later of the creation of a bot and of its channel user, in one read. */
  Creation laterOf(BotId bot, ChannelUserId channelUser);

  /** What is known of the creations that the default start of a request depends on. */
  default Creation of(BotId bot, Described request) {
    return switch (request) {
      case ByChannelUser asked when asked.start().isEmpty() -> laterOf(bot, asked.channelUser());
      case ByChannelUser _, ByConversations _ -> Creation.UNKNOWN;
    };
  }

  /**
   * What is known of the creation of a bot and of its channel user.
   *
   * @param later the later of both moments; absent if neither is known
   * @param unreadable how many of both the platform wrote in a form that is not read; they count as
   *     not known
   */
  record Creation(Optional<Instant> later, int unreadable) {

    /** Nothing is known. */
    public static final Creation UNKNOWN = new Creation(Optional.empty(), 0);
  }
}
