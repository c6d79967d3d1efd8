package conversations.deletion.local.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A cron expression of EventBridge Scheduler in its time zone. The hour that autumn repeats counts
 * once. The hour that spring skips does not count.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule
 *     types</a>
 */
public final class CronSchedule {

  private final ExecutionTime times;
  private final ZoneId zone;

  public CronSchedule(String cron, ZoneId zone) {
    // Scheduler's form is Quartz's without the seconds.
    CronParser parser =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
    this.times = ExecutionTime.forCron(parser.parse("0 " + cron));
    this.zone = zone;
  }

  /** Tells whether the schedule is due in the minute that begins at this instant. */
  boolean isDue(Instant minute) {
    LocalDateTime local = LocalDateTime.ofInstant(minute, zone);
    boolean repeated = !local.atZone(zone).toInstant().equals(minute);
    return !repeated && times.isMatch(minute.atZone(zone));
  }

  /** The first minute after this moment in which the schedule is due; empty if it never is. */
  public Optional<Instant> nextDue(Instant moment) {
    Optional<Instant> next = times.nextExecution(moment.atZone(zone)).map(ZonedDateTime::toInstant);
    while (next.isPresent() && !isDue(next.get())) {
      next = times.nextExecution(next.get().atZone(zone)).map(ZonedDateTime::toInstant);
    }
    return next;
  }
}
