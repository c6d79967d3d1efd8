package conversations.deletion.local.console;

import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.local.schedule.CronSchedule;
import conversations.deletion.local.template.Template;
import java.time.Instant;
import java.time.ZoneId;

/** The off-peak window as the functions see it, and the schedule that fires in it. */
final class OffPeakTimes {

  /**
   * The state of the window and the schedule at a moment.
   *
   * @param changesAt when the window closes or opens next; null if it is always open
   * @param ticking whether the schedule fires by itself here
   * @param nextTick when the schedule is due next; null if it never is
   */
  record Standing(
      boolean open,
      String hours,
      String timezone,
      String changesAt,
      String cron,
      boolean ticking,
      String nextTick) {}

  private final String hours;
  private final ZoneId zone;
  private final OffPeakWindow window;
  private final String cron;
  private final CronSchedule schedule;
  private final boolean ticking;

  OffPeakTimes(Template template, boolean ticking) {
    this.hours = template.parameter("OffPeakHours");
    this.zone = ZoneId.of(template.parameter("OffPeakTimezone"));
    this.window = new OffPeakWindow(OffPeakHours.parse(hours), zone);
    this.cron = template.schedule().cron();
    this.schedule = new CronSchedule(cron, template.schedule().timezone());
    this.ticking = ticking;
  }

  Standing at(Instant now) {
    boolean open = window.isOpenAt(now);
    Instant change = open ? window.nextClosing(now) : window.nextOpening(now);
    return new Standing(
        open,
        hours,
        zone.getId(),
        change.equals(Instant.MAX) ? null : change.toString(),
        cron,
        ticking,
        schedule.nextDue(now).map(Instant::toString).orElse(null));
  }
}
