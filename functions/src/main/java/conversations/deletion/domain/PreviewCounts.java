package conversations.deletion.domain;

import java.util.Optional;

/**
 * What a preview has counted.
 *
 * @param conversations those that it lists
 * @param open how many of them were still open
 * @param failing how many of them a job could not delete as they are
 * @param notFound conversations that were asked for and are not there; they are not listed
 * @param beforeStart conversations of the channel user that began before a start that nobody named
 * @param held how many of the listed ones a hold kept
 * @param heldInConfidence how many more only confidential holds kept
 * @param extent what the listed ones consist of
 * @param started when the first and the last of them began; absent if that is not known of any
 */
public record PreviewCounts(
    long conversations,
    long open,
    long failing,
    long notFound,
    long beforeStart,
    long held,
    long heldInConfidence,
    Extent extent,
    Optional<DateRange> started) {

  /** Nothing was counted. */
  public static final PreviewCounts NONE =
      new PreviewCounts(0, 0, 0, 0, 0, 0, 0, Extent.NONE, Optional.empty());

  /** Conversations that are not listed, for one reason or the other. */
  public static PreviewCounts ofUnlisted(long notFound, long beforeStart) {
    return new PreviewCounts(0, 0, 0, notFound, beforeStart, 0, 0, Extent.NONE, Optional.empty());
  }

  /** These counts and more. */
  public PreviewCounts plus(PreviewCounts more) {
    return new PreviewCounts(
        conversations + more.conversations,
        open + more.open,
        failing + more.failing,
        notFound + more.notFound,
        beforeStart + more.beforeStart,
        held + more.held,
        heldInConfidence + more.heldInConfidence,
        extent.plus(more.extent),
        started.isPresent() && more.started.isPresent()
            ? Optional.of(started.get().spanning(more.started.get()))
            : started.or(() -> more.started));
  }
}
