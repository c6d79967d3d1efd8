package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests to a bot that were accepted recently, in the detail that its rate limits need.
 *
 * <p>The limits roll: no minute and no hour holds more accepted requests than its limit, from any
 * starting moment. A token bucket works differently. A bucket of 60 that gains a token a second
 * lets 60 requests through at once and 59 more in the seconds after, which makes 119 within a
 * minute. Bucket4j uses that algorithm, so its module for DynamoDB is not used here.
 *
 * <p>The minute is exact. The hour counts by minutes of the clock, and all requests of one such
 * minute leave it together. So a request counts for up to a minute too long, and never too short.
 *
 * <p>Function instances have different clocks. A request is remembered at the time of the clock
 * that was read for it, or at the time of the latest request if that is later. So the history has
 * one order. If two clocks differ by some time, a limit holds in any window that is shorter by that
 * time, and a request counts for up to that time too long.
 *
 * <p>If a history is ahead of a clock by more than {@link #CLOCK_TOLERANCE}, either the clock that
 * wrote it or the clock that reads it is wrong. All requests that lie ahead then count as made now,
 * so no caller has to wait for a wrong time to come.
 *
 * @param minute the requests of the last minute
 * @param hour the requests of the last hour
 */
public record RequestHistory(RollingCount minute, RollingCount hour) {

  /** The clocks of Lambda differ by milliseconds. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

  /** No requests. */
  public static final RequestHistory NONE =
      new RequestHistory(RollingCount.none(RateWindow.MINUTE), RollingCount.none(RateWindow.HOUR));

  /**
   * Decides on a request that comes now. Refused requests do not count. A refusal has this very
   * history, unless requests of a wrong clock in it were moved to now.
   */
  public RateDecision decide(Instant now, RateLimits limits) {
    Instant read = now.truncatedTo(ChronoUnit.MILLIS);
    RequestHistory believed = believedAt(read);
    Instant moment = believed.minute.latestOr(read);
    Duration ahead = Duration.between(read, moment);
    List<Quota> exhausted = exhausted(believed.quotas(moment, ahead, limits));
    if (!exhausted.isEmpty()) {
      return new RateDecision.Refused(believed, exhausted);
    }
    RequestHistory after =
        new RequestHistory(believed.minute.plus(moment), believed.hour.plus(moment));
    return new RateDecision.Accepted(after, after.quotas(moment, ahead, limits));
  }

  private RequestHistory believedAt(Instant read) {
    Instant believable = read.plus(CLOCK_TOLERANCE);
    return minute.latestOr(believable).equals(believable)
        ? this
        : new RequestHistory(minute.notAfter(read), hour.notAfter(read));
  }

  /**
   * What is left of the limits.
   *
   * @param ahead how far the moment is ahead of the clock that the caller will wait by
   */
  private List<Quota> quotas(Instant moment, Duration ahead, RateLimits limits) {
    return List.of(quota(minute, moment, ahead, limits), quota(hour, moment, ahead, limits));
  }

  private static Quota quota(
      RollingCount count, Instant moment, Duration ahead, RateLimits limits) {
    Quota quota = count.quota(moment, limits.of(count.window()));
    return new Quota(quota.window(), quota.remaining(), quota.untilMore().plus(ahead));
  }

  private static List<Quota> exhausted(List<Quota> quotas) {
    // No lambdas or streams here: they cost time at a function's cold start.
    List<Quota> exhausted = new ArrayList<>();
    for (Quota quota : quotas) {
      if (quota.remaining() == 0) {
        exhausted.add(quota);
      }
    }
    return exhausted;
  }
}
