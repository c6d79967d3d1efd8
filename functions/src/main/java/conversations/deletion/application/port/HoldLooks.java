package conversations.deletion.application.port;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.StandingHold;
import java.time.Instant;
import java.util.List;

/**
 * Tells what is held, by strongly consistent reads.
 *
 * <p>A version that {@link #find} returned is raised only after all of its hold was stored. So what
 * {@link #on} returns later includes that hold.
 */
public interface HoldLooks {

  /** How a bot's holds stand. */
  HoldsOfBot find(BotId bot);

  /**
   * The holds on a conversation or a channel user that hold at a moment: none only if there is
   * none. Of many, it returns at least one that is not confidential, if there is one.
   */
  List<StandingHold> on(BotId bot, HoldKey key, Instant now);
}
