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
 * @param chunks how many chunks are stored
 * @param position how far the index was read for them; absent for listed conversations
 */
public record PreviewProgress(
    PreviewCounts settled, PreviewCounts last, int chunks, Optional<IndexPosition> position) {

  /** Nothing was read. */
  public static final PreviewProgress NONE =
      new PreviewProgress(PreviewCounts.NONE, PreviewCounts.NONE, 0, Optional.empty());

  /** All counts. */
  public PreviewCounts counts() {
    return settled.plus(last);
  }
}
