package conversations.deletion.simulation;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldsOfBot;
import conversations.deletion.domain.StandingHold;
import java.time.Instant;
import java.util.List;

/** The table of holds, as a worker calls it. */
final class CalledHolds implements HoldLooks {

  private final World world;
  private final Calls calls;

  CalledHolds(World world, Calls calls) {
    this.world = world;
    this.calls = calls;
  }

  @Override
  public HoldsOfBot find(BotId bot) {
    return calls.call(Permission.READ_HOLDS, "read holds", () -> world.holds.find(bot));
  }

  @Override
  public List<StandingHold> on(BotId bot, HoldKey key, Instant now) {
    return calls.call(
        Permission.READ_HOLDS, "look at holds on " + key, () -> world.holds.on(bot, key, now));
  }
}
