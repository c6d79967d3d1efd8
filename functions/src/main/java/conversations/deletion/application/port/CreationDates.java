package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import java.time.Instant;
import java.util.Optional;

/** When bots and their channel users were created. */
public interface CreationDates {

  /**
   * The later of the creation of a bot and of its channel user, in one read.
   *
   * @return absent if neither is known
   */
  Optional<Instant> laterOf(BotId bot, ChannelUserId channelUser);
}
