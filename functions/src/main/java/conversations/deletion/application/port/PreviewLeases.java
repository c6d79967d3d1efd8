package conversations.deletion.application.port;

import conversations.deletion.domain.PreviewChunk;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.domain.PreviewState;
import java.time.Instant;
import java.util.Optional;

/** The right to work on a preview. One worker at a time has it. */
public interface PreviewLeases {

  /**
   * Takes the lease of a preview that has not ended. Until it ends, no other worker gets it, and a
   * worker that had it before can change nothing more.
   *
   * @param now the moment by the wall clock
   * @param until when the lease ends if it is not renewed
   * @return empty if there is no such preview, it has ended, or another worker has it
   */
  Optional<LeasedPreview> lease(PreviewRef preview, Instant now, Instant until);

  /**
   * Renews the lease.
   *
   * @param until when it now ends
   * @throws PreviewLeaseLostException if another worker has taken the preview over; nothing was
   *     changed then
   */
  void renew(LeasedPreview lease, Instant until);

  /**
   * Stores a state, and the chunk that it includes, in one step, and renews the lease.
   *
   * @throws PreviewLeaseLostException as above
   */
  LeasedPreview save(LeasedPreview lease, PreviewState state, PreviewChunk chunk, Instant until);

  /**
   * Stores a state and gives the lease back.
   *
   * @param sweepAt when a sweep is to look at the preview next
   * @throws PreviewLeaseLostException as above
   */
  void release(LeasedPreview lease, PreviewState state, Instant sweepAt);
}
