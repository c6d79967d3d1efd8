package conversations.deletion.domain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Whether a request is accepted under the limits of its budget. */
public sealed interface RateDecision {

  /** The history to remember. It equals the earlier one if nothing in it is new. */
  RequestHistory history();

  /**
   * The request is accepted.
   *
   * @param history with the request in it
   * @param quotas what is left of each limit after it
   */
  record Accepted(RequestHistory history, List<Quota> quotas) implements RateDecision {

    public Accepted {
      quotas = List.copyOf(quotas);
    }
  }

  /**
   * The request is refused and does not count.
   *
   * @param exhausted the limits that are used up, at least one
   */
  record Refused(RequestHistory history, List<Quota> exhausted) implements RateDecision {

    public Refused {
      exhausted = List.copyOf(exhausted);
    }

    /** A refusal that ends as soon as one of the two lists has ended. */
    static Refused untilTheFirstOf(RequestHistory history, List<Quota> ones, List<Quota> others) {
      Refused one = new Refused(history, ones);
      Refused other = new Refused(history, others);
      return one.retryAfter().compareTo(other.retryAfter()) <= 0 ? one : other;
    }

    /** The limit that makes the request wait the longest. */
    public Quota longest() {
      return exhausted.stream().max(Comparator.comparing(Quota::untilMore)).orElseThrow();
    }

    /** How long until the request would be accepted, unless other requests come first. */
    public Duration retryAfter() {
      return longest().untilMore();
    }
  }
}
