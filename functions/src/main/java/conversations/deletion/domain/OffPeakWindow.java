package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The moments at which records may be deleted: those whose local hour is one of the off-peak hours.
 *
 * <p>Daylight saving follows from that. An hour that spring leaves out is not there; an hour that
 * autumn repeats is off-peak both times.
 *
 * @param hours the hours of the day
 * @param zone the time zone in which they are meant
 */
public record OffPeakWindow(OffPeakHours hours, ZoneId zone) {

  /** No window of a day is shut for longer; the search for the next opening ends here. */
  private static final Duration SEARCH_LIMIT = Duration.ofDays(8);

  /** A window comes at least once in so long, even where a shift of the zone leaves one out. */
  private static final Duration LONGEST_ROUND = Duration.ofDays(3);

  /** Tells whether records may be deleted at this moment. */
  public boolean isOpenAt(Instant moment) {
    return hours.contain(moment.atZone(zone).getHour());
  }

  /**
   * The first moment, from this one on, at which records may be deleted: {@code moment} itself if
   * the window is open then.
   */
  public Instant nextOpening(Instant moment) {
    return isOpenAt(moment) ? moment : nextChange(moment);
  }

  /**
   * The first moment after this one at which records may not be deleted; {@link Instant#MAX} if the
   * window never closes.
   */
  public Instant nextClosing(Instant moment) {
    if (hours.areAllDay()) {
      return Instant.MAX;
    }
    return isOpenAt(moment) ? nextChange(moment) : moment;
  }

  /**
   * When the window opens next after it has closed: the start of the window that follows the one
   * that is open at this moment. A window that never closes counts as one a day, from midnight.
   */
  public Instant openingOfNextWindow(Instant moment) {
    if (hours.areAllDay()) {
      return moment.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    }
    return nextOpening(nextClosing(moment));
  }

  /**
   * When the earliest of the last so many windows opened that are over by now. Whoever waited from
   * that moment on, or for longer, has had so many windows, each from its opening to its end.
   *
   * @param windows at least 1
   */
  public Instant openingOfLast(int windows, Instant now) {
    Deque<Instant> openings = new ArrayDeque<>();
    Instant opening = openingOfNextWindow(now.minus(LONGEST_ROUND.multipliedBy(windows + 1L)));
    for (Instant end = endOfWindow(opening); !end.isAfter(now); end = endOfWindow(opening)) {
      openings.addLast(opening);
      if (openings.size() > windows) {
        openings.removeFirst();
      }
      opening = openingOfNextWindow(opening);
    }
    return openings.getFirst();
  }

  /** A window that never closes ends where the next day's begins. */
  private Instant endOfWindow(Instant moment) {
    return hours.areAllDay() ? openingOfNextWindow(moment) : nextClosing(moment);
  }

  private Instant nextChange(Instant moment) {
    boolean open = isOpenAt(moment);
    Instant limit = moment.plus(SEARCH_LIMIT);
    for (Instant next = nextLocalHour(moment); next.isBefore(limit); next = nextLocalHour(next)) {
      if (isOpenAt(next) != open) {
        return next;
      }
    }
    throw new IllegalStateException("the off-peak window of " + zone + " does not change");
  }

  /** The next moment at which the local hour may change: a full hour, or a shift of the zone. */
  private Instant nextLocalHour(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    int intoHour = local.getMinute() * 60 + local.getSecond();
    Instant fullHour =
        moment
            .truncatedTo(ChronoUnit.SECONDS)
            .plusSeconds(ChronoUnit.HOURS.getDuration().toSeconds() - intoHour);
    ZoneOffsetTransition shift = zone.getRules().nextTransition(moment);
    return shift != null && shift.getInstant().isBefore(fullHour) ? shift.getInstant() : fullHour;
  }
}
