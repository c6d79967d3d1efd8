package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.domain.BotId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one run knows of the holds of each bot. Safe for use by several threads. */
final class RunHolds {

  private final HoldLooks looks;
  private final RunTime time;
  private final InHand inHand;
  private final int looksAtOnce;
  private final Map<BotId, KnownHolds> known = new ConcurrentHashMap<>();

  RunHolds(HoldLooks looks, RunTime time, InHand inHand, int looksAtOnce) {
    this.looks = looks;
    this.time = time;
    this.inHand = inHand;
    this.looksAtOnce = looksAtOnce;
  }

  /** What it knows of a bot's holds. It reads nothing before it is asked. */
  KnownHolds of(BotId bot) {
    return known.computeIfAbsent(
        bot, it -> new KnownHolds(it, looks, time, one -> inHand.isInHand(it, one), looksAtOnce));
  }
}
