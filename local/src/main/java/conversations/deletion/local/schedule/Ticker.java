package conversations.deletion.local.schedule;

import conversations.deletion.local.template.ScheduleDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Fires a schedule once in each minute in which it is due. What it starts runs in parallel, so that
 * a run of several minutes does not delay the next one.
 */
public final class Ticker implements AutoCloseable {

  private final CronSchedule schedule;
  private final Consumer<Instant> start;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor timer;
  private Instant last = Instant.MIN;

  private Ticker(ScheduleDefinition definition, Consumer<Instant> start, InstantSource clock) {
    this.schedule = new CronSchedule(definition.cron(), definition.timezone());
    this.start = start;
    this.clock = clock;
    this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
  }

  /**
   * A ticker that runs until it is closed.
   *
   * @param start is called with the minute that is due
   */
  public static Ticker start(ScheduleDefinition definition, Consumer<Instant> start) {
    Ticker ticker = new Ticker(definition, start, InstantSource.system());
    ticker.waitForNextMinute();
    return ticker;
  }

  /** A ticker that fires only when {@link #fireIfDue} is called. */
  static Ticker idle(ScheduleDefinition definition, Consumer<Instant> start, InstantSource clock) {
    return new Ticker(definition, start, clock);
  }

  /** Fires if the schedule is due in the current minute and has not fired for it. */
  synchronized void fireIfDue() {
    Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (minute.isAfter(last) && schedule.isDue(minute)) {
      last = minute;
      Thread.ofVirtual().name("schedule").start(() -> start.accept(minute));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void waitForNextMinute() {
    Instant now = clock.instant();
    Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    timer.schedule(
        () -> {
          fireIfDue();
          waitForNextMinute();
        },
        Duration.between(now, next).toMillis() + 1,
        TimeUnit.MILLISECONDS);
  }
}
