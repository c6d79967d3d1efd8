package conversations.deletion.adapter.dynamodb;

import java.time.Duration;
import java.time.Instant;

/**
 * When the chunks of previews expire. Housekeeping deletes them once the preview has expired and no
 * job needs them. Expiry is only there for the case that it does not.
 *
 * @param retention how long a job is kept after its end
 */
record PreviewChunkExpiry(Duration retention) {

  /** A preview is good for 30 days at most, and a job may have to wait for 90. */
  private static final Duration LATEST_JOB = Duration.ofDays(120);

  /** When a chunk expires that is written then. */
  Instant after(Instant written) {
    return new ChunkExpiry(retention).after(written.plus(LATEST_JOB));
  }
}
