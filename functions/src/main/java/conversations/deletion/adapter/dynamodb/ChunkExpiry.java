package conversations.deletion.adapter.dynamodb;

import java.time.Duration;
import java.time.Instant;

/**
 * When the chunks of jobs expire. Every chunk does, from the submission on, unless its job has
 * waited for holds: such a job may wait for years.
 *
 * <p>A run drops a job's chunks when it makes the job forget, which is before the job's own item
 * expires. Expiry is only there for the case that no run does so: because deleting is stopped, or
 * because no run ever picked the job up. A chunk is written while its job is open, and the job's
 * end is not known then. So it expires late enough for the longest job, and may be there for up to
 * {@value #LONGEST_JOB_DAYS} days after its job's item. Nobody reads it then: see {@link
 * ChunkItems#isOf}.
 *
 * <p>The item of an open job does not expire. If no run picks a job up until its list of
 * conversations has expired, the job fails.
 *
 * @param retention how long a job is kept after its end
 */
record ChunkExpiry(Duration retention) {

  /** A chunk must not expire before its job has ended, which takes days at most. */
  private static final int LONGEST_JOB_DAYS = 60;

  /**
   * When a chunk expires.
   *
   * @param from when it is written, or, at the submission, when its job is due
   */
  Instant after(Instant from) {
    return from.plus(Duration.ofDays(LONGEST_JOB_DAYS)).plus(retention);
  }
}
