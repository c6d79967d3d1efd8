package conversations.deletion.application.jobs;

import conversations.deletion.application.port.OpenJobs;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.BotId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the open jobs of each bot within a limit, so that no bot's jobs hold up those of others for
 * nights. A job that has ended counts until its owner was told: it takes a run's time too.
 *
 * <p>Invariant: a count is believed only for as long as the rate limits can't have let more jobs in
 * than there was room for. So a bot with few open jobs is counted once in some minutes, and one
 * that is near its limit at each submission. Submissions at the same moment may exceed the limit by
 * a few.
 *
 * <p>It fails open: if the jobs can't be counted, the job is accepted. Safe for use by several
 * threads.
 */
public final class LimitOpenJobs {

  private final OpenJobs openJobs;
  private final int most;
  private final int mostInAMinute;
  private final InstantSource clock;
  private final OperatorLog log;
  private final Map<BotId, Instant> roomUntil = new ConcurrentHashMap<>();

  /**
   * @param most how many jobs of a bot may be open
   * @param perMinute how many requests to a bot the rate limits accept in a minute
   */
  public LimitOpenJobs(
      OpenJobs openJobs, int most, int perMinute, InstantSource clock, OperatorLog log) {
    this.openJobs = openJobs;
    this.most = most;
    // Any two minutes may meet, and client apps have reserves.
    this.mostInAMinute = 4 * perMinute;
    this.clock = clock;
    this.log = log;
  }

  /** Tells whether a bot has as many open jobs as it may have. */
  boolean isReached(BotId bot) {
    Instant now = clock.instant();
    if (now.isBefore(roomUntil.getOrDefault(bot, Instant.MIN))) {
      return false;
    }
    try {
      int room = most - openJobs.count(bot, most);
      roomUntil.put(bot, now.plus(Duration.ofMinutes(room / mostInAMinute)));
      return room <= 0;
    } catch (RuntimeException e) {
      log.warn("open_jobs_not_counted", Map.of("botId", bot.value()), e);
      return false;
    }
  }
}
