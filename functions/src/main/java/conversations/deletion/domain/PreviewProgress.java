package conversations.deletion.domain;

import java.util.Optional;

/**
 * How far a preview has come.
 *
 * <p>Invariant: it is stored in one step with the chunk that it includes, so nothing is counted
 * twice or left out.
 *
 * @param settled the counts without those of the last chunk, which may still have something to read
 * @param last the counts of the last chunk
 * @param chunks how many chunks are stored; none is empty, but for the last one while it is read
 * @param position how far the index was read for them; absent if it was read to its end, or if
 *     conversations are listed
 * @param isAllFound whether all conversations are in chunks, which may still have something to read
 */
public record PreviewProgress(
    PreviewCounts settled,
    PreviewCounts last,
    int chunks,
    Optional<IndexPosition> position,
    boolean isAllFound) {

  /** Nothing was read. */
  public static final PreviewProgress NONE =
      new PreviewProgress(PreviewCounts.NONE, PreviewCounts.NONE, 0, Optional.empty(), false);

  /** All counts. */
  public PreviewCounts counts() {
    return settled.plus(last);
  }
}
