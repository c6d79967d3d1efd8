package conversations.deletion.domain;

import java.time.Instant;

/**
 * The moments from {@code from} to {@code to}, both included, in whole milliseconds.
 *
 * @param from first moment
 * @param to last moment; fixed when a job is submitted, so the job never touches a conversation
 *     that begins later
 */
public record DateRange(Instant from, Instant to) {

  /**
   * @throws IllegalArgumentException if {@code from} lies after {@code to}
   */
  public DateRange {
    from = Timestamps.toMillis(from);
    to = Timestamps.toMillis(to);
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("a date range must not end before it starts");
    }
  }

  /** Tells whether a conversation that started at this moment lies before the range. */
  public boolean beginsAfter(Instant moment) {
    return Timestamps.toMillis(moment).isBefore(from);
  }

  /** The shortest range that has all of both. */
  public DateRange spanning(DateRange other) {
    return new DateRange(
        from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
  }

  /** Tells whether a conversation that started at this moment lies in the range. */
  public boolean contains(Instant moment) {
    Instant inMillis = Timestamps.toMillis(moment);
    return !inMillis.isBefore(from) && !inMillis.isAfter(to);
  }
}
