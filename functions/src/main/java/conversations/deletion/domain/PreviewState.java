package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of a preview that changes over time.
 *
 * @param status its status
 * @param completedAt when it ended
 * @param goodUntil until when a job can be made of it, and its list be read; fixed when it ends
 * @param failure why it has failed
 * @param progress how far it has come
 * @param stuckSince when a run first picked it up since one last got on with it
 * @param ownFailures how often a try failed for a reason of its own since then
 */
public record PreviewState(
    PreviewStatus status,
    Optional<Instant> completedAt,
    Optional<Instant> goodUntil,
    Optional<PreviewFailure> failure,
    PreviewProgress progress,
    Optional<Instant> stuckSince,
    int ownFailures) {

  /** The state of a preview that was just submitted. */
  public static final PreviewState SUBMITTED = of(PreviewStatus.QUEUED, PreviewProgress.NONE);

  /**
   * @throws IllegalArgumentException if it has ended without the moments of an end, or has them
   *     without having ended
   */
  public PreviewState {
    boolean hasEnded = completedAt.isPresent() && goodUntil.isPresent();
    boolean hasNot = completedAt.isEmpty() && goodUntil.isEmpty();
    if (status.isEnd() ? !hasEnded : !hasNot) {
      throw new IllegalArgumentException("a preview has an end when, and only when, it has ended");
    }
  }

  /** A run has picked it up. */
  public PreviewState pickedUp(Instant now) {
    return new PreviewState(
        PreviewStatus.IN_PROGRESS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        progress,
        stuckSince.or(() -> Optional.of(now)),
        ownFailures);
  }

  /** It got on. */
  public PreviewState progressed(PreviewProgress further) {
    return of(PreviewStatus.IN_PROGRESS, further);
  }

  /** It waits for a later run. */
  public PreviewState queued() {
    return new PreviewState(
        PreviewStatus.QUEUED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        progress,
        stuckSince,
        ownFailures);
  }

  /** A try failed for a reason of its own, and it waits for a later run. */
  public PreviewState failedOnce() {
    PreviewState queued = queued();
    return new PreviewState(
        queued.status,
        queued.completedAt,
        queued.goodUntil,
        queued.failure,
        progress,
        stuckSince,
        ownFailures + 1);
  }

  /** It has ended. */
  public PreviewState ended(Optional<PreviewFailure> why, Instant now, Duration goodFor) {
    return new PreviewState(
        why.isPresent() ? PreviewStatus.FAILED : PreviewStatus.COMPLETED,
        Optional.of(now),
        Optional.of(now.plus(goodFor)),
        why,
        progress,
        Optional.empty(),
        0);
  }

  /** Tells whether it can be used no more. */
  public boolean hasExpired(Instant now) {
    return goodUntil.filter(until -> !now.isBefore(until)).isPresent();
  }

  private static PreviewState of(PreviewStatus status, PreviewProgress progress) {
    return new PreviewState(
        status,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        progress,
        Optional.empty(),
        0);
  }
}
