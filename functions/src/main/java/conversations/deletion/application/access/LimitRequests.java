package conversations.deletion.application.access;

import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.application.port.RequestHistories.Versioned;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Quota;
import conversations.deletion.domain.RateDecision;
import conversations.deletion.domain.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Applies the rate limits to the requests of each budget, across all function instances.
 *
 * <p>Every request counts, whether it succeeds or fails, except those that are refused here. A
 * refused request costs one read, an accepted one a read and a write. Of simultaneous requests, one
 * goes first and the others repeat the read and the write. Each repetition means that another
 * request was accepted, so the limit itself bounds how often that can happen.
 *
 * <p>It fails open: if the histories are out of reach, requests are accepted and not counted. The
 * limits protect the service, every request was authorised before, and deleting matters more.
 */
public final class LimitRequests {

  private static final Duration CONTENTION_RETRY_AFTER = Duration.ofSeconds(1);

  private final RequestHistories histories;
  private final RateLimits limits;
  private final int maxAttempts;
  private final IntFunction<Duration> backoff;
  private final Clocks clocks;
  private final Outages outages;
  private final OperatorLog log;

  /**
   * @param maxAttempts how often to try to decide on a request when others get ahead of it
   * @param backoff how long to wait after the n-th try, n from 1
   */
  public LimitRequests(
      RequestHistories histories,
      RateLimits limits,
      int maxAttempts,
      IntFunction<Duration> backoff,
      Clocks clocks,
      Outages outages,
      OperatorLog log) {
    this.histories = histories;
    this.limits = limits;
    this.maxAttempts = maxAttempts;
    this.backoff = backoff;
    this.clocks = clocks;
    this.outages = outages;
    this.log = log;
  }

  public RateLimits limits() {
    return limits;
  }

  /**
   * Decides on a request, and counts it if it is accepted.
   *
   * @param caller the client app that makes it
   */
  public Admission admit(Budget budget, ClientAppId caller) {
    try {
      return decide(budget, caller);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Contended(CONTENTION_RETRY_AFTER);
    } catch (RuntimeException e) {
      Map<String, String> fields = fields(budget);
      if (outages.isOutage(e)) {
        log.warn("rate_limit_unavailable", fields, e);
      } else {
        log.error("rate_limit_unavailable", fields, e);
      }
      return new Uncounted();
    }
  }

  private Admission decide(Budget budget, ClientAppId caller) throws InterruptedException {
    for (int attempt = 1; attempt <= maxAttempts; attempt++) {
      Optional<Admission> decided = tryToDecide(budget, caller);
      if (decided.isPresent()) {
        return decided.get();
      }
      if (attempt < maxAttempts) {
        clocks.pause(backoff.apply(attempt));
      }
    }
    log.warn("rate_limit_contended", fields(budget), null);
    return new Contended(CONTENTION_RETRY_AFTER);
  }

  /** Tries once; returns empty if another request got ahead. */
  private Optional<Admission> tryToDecide(Budget budget, ClientAppId caller) {
    Versioned seen = histories.find(budget);
    RateDecision decision = seen.history().decide(clocks.now(), limits, caller);
    // It is the very same object if it need not be stored again; see RequestHistory.decide.
    boolean isRemembered =
        decision.history() == seen.history() || histories.replace(budget, seen, decision.history());
    if (!isRemembered) {
      return Optional.empty();
    }
    return Optional.of(
        switch (decision) {
          case RateDecision.Accepted accepted -> new Admitted(accepted.quotas());
          case RateDecision.Refused refused -> new Refused(refused.exhausted(), refused.longest());
        });
  }

  private static Map<String, String> fields(Budget budget) {
    return Map.of("budget", budget.isPersonal() ? "mails" : budget.key());
  }

  /** The decision on a request. */
  public sealed interface Admission {}

  /**
   * The request is accepted and counted.
   *
   * @param quotas what is left of each limit
   */
  public record Admitted(List<Quota> quotas) implements Admission {}

  /** The request is accepted, but neither judged nor counted. */
  public record Uncounted() implements Admission {}

  /**
   * A limit is used up.
   *
   * @param exhausted the limits that are used up
   * @param longest the one of them that stays used up the longest; after that the request would be
   *     accepted
   */
  public record Refused(List<Quota> exhausted, Quota longest) implements Admission {}

  /** Too many requests came at once to judge this one. */
  public record Contended(Duration retryAfter) implements Admission {}
}
