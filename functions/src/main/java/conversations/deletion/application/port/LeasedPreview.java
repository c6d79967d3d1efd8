package conversations.deletion.application.port;

import conversations.deletion.domain.Preview;
import conversations.deletion.domain.PreviewState;

/**
 * A preview that this worker alone may change.
 *
 * @param preview the preview
 * @param fence from 1, grows with every lease of the preview; every write carries it, so a worker
 *     that lost its lease changes nothing
 * @param isTakenOver whether the worker before did not give it back: it died, or is late
 */
public record LeasedPreview(Preview preview, long fence, boolean isTakenOver) {

  /** The same lease of the preview in another state. */
  public LeasedPreview with(PreviewState state) {
    return new LeasedPreview(preview.with(state), fence, isTakenOver);
  }
}
