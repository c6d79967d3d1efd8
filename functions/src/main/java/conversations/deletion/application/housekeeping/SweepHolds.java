package conversations.deletion.application.housekeeping;

import conversations.deletion.application.port.HoldSweeps;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.domain.Hold;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sees releases of holds through that their callers did not, and tells operators of holds whose
 * moment of review has passed. Such a hold stands.
 *
 * <p>A review is told before that is stored, so it is told twice rather than never. The log names
 * the bot alone: a hold's id is a caller's own.
 */
public final class SweepHolds implements HousekeepingTask {

  /** What one hold may take. */
  private static final Duration RESERVE = Duration.ofSeconds(20);

  private final HoldSweeps sweeps;
  private final InstantSource clock;
  private final OperatorLog log;
  private final Metrics metrics;

  public SweepHolds(HoldSweeps sweeps, InstantSource clock, OperatorLog log, Metrics metrics) {
    this.sweeps = sweeps;
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return "holdsSwept";
  }

  /** {@inheritDoc} One hold that fails holds up no other. */
  @Override
  public int run(Supplier<Duration> timeLeft) {
    Iterator<Hold> due = sweeps.due(clock.instant()).iterator();
    int swept = 0;
    while (timeLeft.get().compareTo(RESERVE) > 0 && due.hasNext()) {
      Hold hold = due.next();
      try {
        sweep(hold);
        swept++;
      } catch (RuntimeException e) {
        log.warn("hold_not_swept", fields(hold), e);
      }
    }
    return swept;
  }

  private void sweep(Hold hold) {
    if (hold.release().isPresent()) {
      sweeps.finishRelease(hold);
      log.info("hold_release_finished", fields(hold));
    } else {
      log.info("hold_to_review", fields(hold));
      metrics.report(Map.of(Metric.HOLDS_TO_REVIEW, 1L));
      sweeps.reviewed(hold);
    }
  }

  private static Map<String, Object> fields(Hold hold) {
    return Map.of("botId", hold.bot().value());
  }
}
