package conversations.deletion.application.holds;

import conversations.deletion.application.port.Holds;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.WaitingJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Releases holds. A released hold holds until the next off-peak window opens, so nothing starts
 * because of a release before somebody could think better of it.
 */
public final class ReleaseHold {

  private final Holds holds;
  private final WaitingJobs waiting;
  private final OffPeakWindow window;
  private final InstantSource clock;
  private final OperatorLog log;

  public ReleaseHold(
      Holds holds,
      WaitingJobs waiting,
      OffPeakWindow window,
      InstantSource clock,
      OperatorLog log) {
    this.holds = holds;
    this.waiting = waiting;
    this.window = window;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Releases a hold of a bot. To do it again changes nothing; if the first release was cut short,
   * it is seen through.
   *
   * @return the hold as it is now, with the jobs that waited for it; absent if the bot has no such
   *     hold
   */
  public Optional<HoldWithJobs> release(BotId bot, HoldId id, ClientAppId by) {
    return holds.find(bot, id).map(hold -> HoldWithJobs.of(released(hold, by), waiting));
  }

  private Hold released(Hold hold, ClientAppId by) {
    Instant now = Timestamps.toMillis(clock.instant());
    Hold released =
        hold.release().isPresent()
            ? hold
            : hold.released(new Hold.Release(now, by, window.openingOfNextWindow(now)));
    Optional<ChangeLogEntry> entry =
        hold.request().isConfidential()
            ? Optional.empty()
            : Optional.of(ChangeLogEntry.released(released));
    Hold stored = holds.release(released, entry);
    if (hold.release().isEmpty()) {
      log.info("hold_released", Map.of("botId", hold.bot().value(), "appId", by.value()));
    }
    return stored;
  }
}
