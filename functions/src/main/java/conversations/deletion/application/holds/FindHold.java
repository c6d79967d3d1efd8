package conversations.deletion.application.holds;

import conversations.deletion.application.port.HoldReads;
import conversations.deletion.application.port.WaitingJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.HoldId;
import java.util.Optional;

/** Looks up a hold, and the jobs that wait for it. */
public final class FindHold {

  private final HoldReads holds;
  private final WaitingJobs waiting;

  public FindHold(HoldReads holds, WaitingJobs waiting) {
    this.holds = holds;
    this.waiting = waiting;
  }

  /**
   * Finds a hold of a bot.
   *
   * @return absent if there is none with that id, or if it belongs to another bot
   */
  public Optional<HoldWithJobs> find(BotId bot, HoldId id) {
    return holds.find(bot, id).map(hold -> HoldWithJobs.of(hold, waiting));
  }
}
