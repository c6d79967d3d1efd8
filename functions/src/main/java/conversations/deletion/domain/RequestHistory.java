package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of a budget that were accepted recently, in the detail that its limits need.
 *
 * <p>The limits roll: no minute and no hour holds more accepted requests than its limit, from any
 * starting moment. A token bucket works differently. A bucket of 60 that gains a token a second
 * lets 60 requests through at once and 59 more in the seconds after, which makes 119 within a
 * minute. Bucket4j uses that algorithm, so its module for DynamoDB is not used here.
 *
 * <p>All callers share the limits, and none can use them up for the others: a caller that had less
 * than {@linkplain RateLimits#reserved its reserve} is accepted even where the limits are used up.
 * A caller that is alone never gets more than the limits.
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
 * @param callers the requests of each caller, by its id
 */
public record RequestHistory(Map<ClientAppId, RecentRequests> callers) {

  /** The clocks of Lambda differ by milliseconds. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

  /** No requests. */
  public static final RequestHistory NONE = new RequestHistory(Map.of());

  public RequestHistory {
    callers = Map.copyOf(callers);
  }

  /**
   * Decides on a request that comes now. Refused requests do not count. A refusal has this very
   * history, unless requests of a wrong clock in it were moved to now.
   */
  public RateDecision decide(Instant now, RateLimits limits, ClientAppId caller) {
    Instant read = now.truncatedTo(ChronoUnit.MILLIS);
    RequestHistory believed = believedAt(read);
    Instant moment = believed.latestOr(read);
    Duration ahead = Duration.between(read, moment);
    List<Quota> exhausted = exhausted(believed.all().quotas(moment, ahead, limits));
    if (!exhausted.isEmpty()) {
      List<Quota> own = exhausted(believed.of(caller).quotas(moment, ahead, limits.reserved()));
      if (!own.isEmpty()) {
        return RateDecision.Refused.untilTheFirstOf(believed, exhausted, own);
      }
    }
    RequestHistory after = believed.plus(caller, moment);
    return new RateDecision.Accepted(after, after.all().quotas(moment, ahead, limits));
  }

  private RequestHistory believedAt(Instant read) {
    Instant believable = read.plus(CLOCK_TOLERANCE);
    if (latestOr(believable).equals(believable)) {
      return this;
    }
    Map<ClientAppId, RecentRequests> moved = new HashMap<>();
    for (Map.Entry<ClientAppId, RecentRequests> caller : callers.entrySet()) {
      moved.put(caller.getKey(), caller.getValue().notAfter(read));
    }
    return new RequestHistory(moved);
  }

  private Instant latestOr(Instant moment) {
    Instant latest = moment;
    for (RecentRequests caller : callers.values()) {
      latest = caller.minute().latestOr(latest);
    }
    return latest;
  }

  private RecentRequests all() {
    RecentRequests all = RecentRequests.NONE;
    for (RecentRequests caller : callers.values()) {
      all = all.plus(caller);
    }
    return all;
  }

  private RecentRequests of(ClientAppId caller) {
    return callers.getOrDefault(caller, RecentRequests.NONE);
  }

  /** This history with one more request, and without the callers that had none lately. */
  private RequestHistory plus(ClientAppId caller, Instant moment) {
    Map<ClientAppId, RecentRequests> recent = new HashMap<>();
    for (Map.Entry<ClientAppId, RecentRequests> one : callers.entrySet()) {
      if (one.getValue().isAnyWithinAnHourOf(moment)) {
        recent.put(one.getKey(), one.getValue());
      }
    }
    recent.put(caller, of(caller).plus(moment));
    return new RequestHistory(recent);
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
