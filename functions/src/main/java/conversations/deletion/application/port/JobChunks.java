package conversations.deletion.application.port;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.JobId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The chunks of jobs. A job whose id another job had before, as its idempotency key was used again,
 * sees only its own: the chunks of another submission are as good as not there.
 */
public interface JobChunks {

  /**
   * Hands all chunks of a leased job to the consumer, in order, by strongly consistent reads.
   *
   * @throws LeaseLostException if a worker with a later lease has stored one of them
   */
  void forEach(LeasedJob lease, Consumer<Chunk> consumer);

  /** Finds one chunk of a leased job, by a strongly consistent read. */
  Optional<Chunk> find(LeasedJob lease, int number);

  /**
   * Finds one chunk, and keeps workers with an earlier lease from storing it from then on.
   *
   * @throws LeaseLostException if a worker with a later lease has stored it; nothing was changed
   *     then
   */
  Chunk claim(LeasedJob lease, int number);

  /**
   * Stores a chunk under a number that is still free.
   *
   * @return true if it was stored; false if a chunk has that number
   */
  boolean add(LeasedJob lease, Chunk chunk);

  /**
   * Keeps a chunk of a leased job from expiring, as the job may wait for years. What is stored
   * later of a job that has waited for holds does not expire either.
   */
  void keep(LeasedJob lease, int number);

  /** Deletes all chunks under the id of a job that has ended, of whatever submission. */
  void deleteAll(JobId job);

  /**
   * Stores a chunk.
   *
   * @throws LeaseLostException if a worker with a later lease has stored it; nothing was changed
   *     then
   */
  void put(LeasedJob lease, Chunk chunk);
}
