package conversations.deletion.domain;

import java.nio.ByteBuffer;

/**
 * Stands for a channel user of a bot, where the id itself need not be kept: 64 bits of a hash.
 *
 * <p>Two channel users with the same tag would be held together. That errs on the safe side.
 *
 * @param bits the bits
 */
public record ChannelUserTag(long bits) {

  /** Stands for several channel users: nobody can tell whose it is. */
  public static final ChannelUserTag OF_SEVERAL = new ChannelUserTag(0);

  /** The tag of a bot's channel user. */
  public static ChannelUserTag of(BotId bot, ChannelUserId user) {
    // Neither a bot's id nor a channel user's can hold a line break.
    return new ChannelUserTag(ByteBuffer.wrap(Sha256.of(bot + "\n" + user)).getLong());
  }
}
