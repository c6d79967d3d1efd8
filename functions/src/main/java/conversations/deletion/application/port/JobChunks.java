package conversations.deletion.application.port;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.JobId;
import java.util.Optional;
import java.util.function.Consumer;

/** The chunks of jobs. */
public interface JobChunks {

  /** Hands out all chunks of a job, in order, as of all writes that were answered before. */
  void forEach(JobId job, Consumer<Chunk> consumer);

  /** Finds one chunk, as of all writes that were answered before. */
  Optional<Chunk> find(JobId job, int number);

  /** Deletes all chunks of a job that has ended. */
  void deleteAll(JobId job);

  /**
   * Stores a chunk.
   *
   * @throws LeaseLostException if a worker with a later lease has stored it; nothing was changed
   *     then
   */
  void put(LeasedJob lease, Chunk chunk);
}
