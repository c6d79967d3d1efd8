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
 * <p>Daylight saving time follows from that. An off-peak hour that is skipped in spring does not
 * occur, and one that is repeated in autumn is off-peak both times.
 *
 * @param hours the hours of the day
 * @param zone the time zone of these hours
 */
public record OffPeakWindow(OffPeakHours hours, ZoneId zone) {

  /**
   * A daily window is never closed for longer; the search for the next opening or closing ends
   * here.
   */
  private static final Duration SEARCH_LIMIT = Duration.ofDays(8);

  /** A window opens at least once in this time, even if a shift of the time zone skips one. */
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
   * When the window opens again after its next closing: the start of the window that follows the
   * one open at this moment. A window that never closes counts as one a day, from midnight.
   */
  public Instant openingOfNextWindow(Instant moment) {
    if (hours.areAllDay()) {
      return moment.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    }
    return nextOpening(nextClosing(moment));
  }

  /**
   * The opening of the earliest of the last {@code windows} windows that are over by now. A job
   * that has waited since then, or for longer, has had that many whole windows.
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
    throw new IllegalStateException(
        "no opening or closing of the off-peak window found in " + zone);
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
