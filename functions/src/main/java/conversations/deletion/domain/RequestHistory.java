package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests to a bot that were accepted lately, as far as its rate limits have to know.
 *
 * <p>The limits roll: of all accepted requests no more than the limit are in any minute, wherever
 * it begins, and in any hour. A token bucket is something else. One of 60 that gains a token a
 * second lets 60 requests through at once and 59 more in the seconds after, 119 within a minute.
 * That is the algorithm of Bucket4j, which is why its module for DynamoDB is not used here.
 *
 * <p>The minute is exact. The hour counts by minutes of the clock and takes a minute's requests to
 * leave together: a request counts for up to a minute too long, never too short.
 *
 * <p>Function instances read several clocks. A request is remembered at the time of the clock that
 * was read for it, or of the latest request if that is later, so the history has one order. Where
 * two clocks differ by some time, a limit holds in any window that is shorter by that time, and a
 * request counts for up to that time too long. A history that is further ahead of a clock than
 * {@link #CLOCK_TOLERANCE} was written by a clock that is wrong, or is read by one: all of it that
 * lies ahead is taken to be of now, so that nobody waits until a wrong time has come.
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
   * Decides on a request that comes now. Requests that are refused do not count: the decision then
   * has this very history, unless a wrong clock's requests in it were taken to be of now.
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
   * What the limits leave.
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
    // No stream: every request passes here, and the first of an instance is waited for.
    List<Quota> exhausted = new ArrayList<>();
    for (Quota quota : quotas) {
      if (quota.remaining() == 0) {
        exhausted.add(quota);
      }
    }
    return exhausted;
  }
}
