package conversations.deletion.simulation;

import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The table of jobs' conversations in memory. */
public final class MemoryChunks implements JobChunks {

  private record Stored(Chunk chunk, long fence) {}

  private final Map<String, SortedMap<Integer, Stored>> chunks = new TreeMap<>();

  /** All chunks of a job. */
  public List<Chunk> of(JobId job) {
    return stored(job).values().stream().map(Stored::chunk).toList();
  }

  private SortedMap<Integer, Stored> stored(JobId job) {
    return chunks.getOrDefault(job.value(), new TreeMap<>());
  }

  void submit(Chunk chunk) {
    store(chunk, 0);
  }

  private void store(Chunk chunk, long fence) {
    chunks
        .computeIfAbsent(chunk.job().value(), _ -> new TreeMap<>())
        .put(chunk.number(), new Stored(chunk, fence));
  }

  @Override
  public void forEach(LeasedJob lease, Consumer<Chunk> consumer) {
    List.copyOf(stored(lease.job().id()).values())
        .forEach(
            stored -> {
              requireNoLater(lease, stored);
              consumer.accept(stored.chunk());
            });
  }

  private static void requireNoLater(LeasedJob lease, Stored stored) {
    if (stored.fence() > lease.fence()) {
      throw new LeaseLostException(lease.job().ref(), null);
    }
  }

  @Override
  public Chunk claim(LeasedJob lease, int number) {
    Chunk chunk = find(lease.job().id(), number).orElseThrow();
    put(lease, chunk);
    return chunk;
  }

  @Override
  public boolean add(LeasedJob lease, Chunk chunk) {
    boolean isNew = find(chunk.job(), chunk.number()).isEmpty();
    if (isNew) {
      put(lease, chunk);
    }
    return isNew;
  }

  @Override
  public Optional<Chunk> find(JobId job, int number) {
    return Optional.ofNullable(stored(job).get(number)).map(Stored::chunk);
  }

  @Override
  public void deleteAll(JobId job) {
    chunks.remove(job.value());
  }

  @Override
  public void put(LeasedJob lease, Chunk chunk) {
    Stored before = stored(chunk.job()).get(chunk.number());
    if (before != null) {
      requireNoLater(lease, before);
    }
    store(chunk, lease.fence());
  }
}
