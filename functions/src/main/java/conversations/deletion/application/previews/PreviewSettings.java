package conversations.deletion.application.previews;

import java.time.Duration;

/**
 * How previews are worked on.
 *
 * @param leaseTerm how long a preview's lease holds if it is not renewed
 * @param reserve no read starts with less than this left of the lease or the function's time
 * @param indexSettle how long an index takes to settle: it is read no earlier than this after the
 *     end of a channel user's range
 * @param idle a conversation whose last record is younger than this is still open
 * @param goodFor how long a preview can be used after its end
 * @param readsAtOnce how many conversations are read at a time
 */
public record PreviewSettings(
    Duration leaseTerm,
    Duration reserve,
    Duration indexSettle,
    Duration idle,
    Duration goodFor,
    int readsAtOnce) {

  /** A preview that no run could get on with for this long fails. */
  static final Duration STUCK_AFTER = Duration.ofHours(1);

  /** A preview whose tries failed so often for a reason of its own, without progress, fails. */
  static final int MOST_OWN_FAILURES = 5;

  /** What failed is tried again after this long. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** A preview of which nothing was heard for this long has lost its message or its worker. */
  public static final Duration SWEEP_GRACE = Duration.ofMinutes(5);

  /**
   * @throws IllegalArgumentException if no read could ever start under a lease
   */
  public PreviewSettings {
    if (reserve.multipliedBy(2).compareTo(leaseTerm) > 0) {
      throw new IllegalArgumentException("the lease term must be at least twice the reserve");
    }
  }
}
