package conversations.deletion.domain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Whether a request is accepted under its bot's rate limits. */
public sealed interface RateDecision {

  /** What is to be remembered. It equals what was known before if there is nothing new in it. */
  RequestHistory history();

  /**
   * It is accepted.
   *
   * @param history with the request in it
   * @param quotas what each limit leaves after it
   */
  record Accepted(RequestHistory history, List<Quota> quotas) implements RateDecision {

    public Accepted {
      quotas = List.copyOf(quotas);
    }
  }

  /**
   * It is refused, and does not count.
   *
   * @param exhausted the limits that are used up, at least one
   */
  record Refused(RequestHistory history, List<Quota> exhausted) implements RateDecision {

    public Refused {
      exhausted = List.copyOf(exhausted);
    }

    /** The limit that holds up the request the longest. */
    public Quota longest() {
      return exhausted.stream().max(Comparator.comparing(Quota::untilMore)).orElseThrow();
    }

    /** When it would be accepted, unless others come first. */
    public Duration retryAfter() {
      return longest().untilMore();
    }
  }
}
