package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Requests that were accepted recently.
 *
 * @param minute those of the last minute
 * @param hour those of the last hour
 */
public record RecentRequests(RollingCount minute, RollingCount hour) {

  /** No requests. */
  public static final RecentRequests NONE =
      new RecentRequests(RollingCount.none(RateWindow.MINUTE), RollingCount.none(RateWindow.HOUR));

  /** These requests and one more. */
  RecentRequests plus(Instant moment) {
    return new RecentRequests(minute.plus(moment), hour.plus(moment));
  }

  /** These requests and others. */
  RecentRequests plus(RecentRequests others) {
    return new RecentRequests(minute.plus(others.minute), hour.plus(others.hour));
  }

  /** These requests, of which those that are later than the moment count as made at the moment. */
  RecentRequests notAfter(Instant moment) {
    return new RecentRequests(minute.notAfter(moment), hour.notAfter(moment));
  }

  boolean isAnyWithinAnHourOf(Instant moment) {
    return hour.isAnyWithin(moment);
  }

  /**
   * What is left of the limits.
   *
   * @param ahead how far the moment is ahead of the clock that the caller will wait by
   */
  List<Quota> quotas(Instant moment, Duration ahead, RateLimits limits) {
    return List.of(quota(minute, moment, ahead, limits), quota(hour, moment, ahead, limits));
  }

  private static Quota quota(
      RollingCount count, Instant moment, Duration ahead, RateLimits limits) {
    Quota quota = count.quota(moment, limits.of(count.window()));
    return new Quota(quota.window(), quota.remaining(), quota.untilMore().plus(ahead));
  }
}
