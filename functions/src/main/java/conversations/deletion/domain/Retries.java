package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The later off-peak windows that a job may still use.
 *
 * @param remaining windows in which failed conversations may still be tried again
 * @param waitsRemaining windows in which conversations that are still open may still be looked at
 *     again; waiting uses no retry
 * @param round from 0; each retry begins a round, and a conversation is tried once a round
 * @param retryAt when the next retry may begin: the opening of a later window
 * @param waitUntil when open conversations are looked at again: the opening of a later window
 */
public record Retries(
    int remaining,
    int waitsRemaining,
    int round,
    Optional<Instant> retryAt,
    Optional<Instant> waitUntil) {

  /** Later windows in which a job is worked on again. */
  public static final int MAX = 3;

  /** The windows that a job is allowed: the first one, and one for each retry. */
  public static final int MAX_WINDOWS = 1 + MAX;

  /** The retries of a new job. */
  public static Retries initial() {
    return new Retries(MAX, MAX, 0, Optional.empty(), Optional.empty());
  }

  /** A run picks the job up: a retry or a wait whose time has come begins now and is used up. */
  public Retries pickedUp(Instant now) {
    boolean retryBegins = isPast(retryAt, now);
    boolean waitEnds = isPast(waitUntil, now);
    return new Retries(
        retryBegins ? remaining - 1 : remaining,
        waitEnds ? waitsRemaining - 1 : waitsRemaining,
        retryBegins ? round + 1 : round,
        retryBegins ? Optional.empty() : retryAt,
        waitEnds ? Optional.empty() : waitUntil);
  }

  /** Plans to try failed conversations again in the window that opens then. */
  public Retries planRetry(Instant opening) {
    return new Retries(
        remaining, waitsRemaining, round, retryAt.or(() -> Optional.of(opening)), waitUntil);
  }

  /** Plans to look at open conversations again in the window that opens then. */
  public Retries planWait(Instant opening) {
    return new Retries(
        remaining, waitsRemaining, round, retryAt, waitUntil.or(() -> Optional.of(opening)));
  }

  private static boolean isPast(Optional<Instant> moment, Instant now) {
    return moment.isPresent() && !now.isBefore(moment.get());
  }
}
