package conversations.deletion.simulation;

import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.LeaseLostException;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The table of jobs' conversations in memory. */
public final class MemoryChunks implements JobChunks {

  private record Stored(Chunk chunk, Instant submittedAt, long fence) {

    private boolean isOf(LeasedJob lease) {
      return submittedAt.equals(lease.job().submittedAt());
    }
  }

  private final Map<String, SortedMap<Integer, Stored>> chunks = new TreeMap<>();

  /** All chunks under a job's id. */
  public List<Chunk> of(JobId job) {
    return stored(job).values().stream().map(Stored::chunk).toList();
  }

  private SortedMap<Integer, Stored> stored(JobId job) {
    return chunks.getOrDefault(job.value(), new TreeMap<>());
  }

  void submit(DeletionJob job, Chunk chunk) {
    store(job, chunk, 0);
  }

  private void store(DeletionJob job, Chunk chunk, long fence) {
    chunks
        .computeIfAbsent(chunk.job().value(), _ -> new TreeMap<>())
        .put(chunk.number(), new Stored(chunk, job.submittedAt(), fence));
  }

  @Override
  public void forEach(LeasedJob lease, Consumer<Chunk> consumer) {
    List.copyOf(stored(lease.job().id()).values()).stream()
        .filter(stored -> stored.isOf(lease))
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
    Chunk chunk =
        find(lease, number).orElseThrow(() -> new LeaseLostException(lease.job().ref(), null));
    put(lease, chunk);
    return chunk;
  }

  @Override
  public boolean add(LeasedJob lease, Chunk chunk) {
    boolean isNew = find(lease, chunk.number()).isEmpty();
    if (isNew) {
      put(lease, chunk);
    }
    return isNew;
  }

  @Override
  public Optional<Chunk> find(LeasedJob lease, int number) {
    return own(lease, number).map(Stored::chunk);
  }

  private Optional<Stored> own(LeasedJob lease, int number) {
    return Optional.ofNullable(stored(lease.job().id()).get(number))
        .filter(stored -> stored.isOf(lease));
  }

  /** Nothing expires here. */
  @Override
  public void keep(LeasedJob lease, int number) {
    find(lease, number);
  }

  @Override
  public void deleteAll(JobId job) {
    chunks.remove(job.value());
  }

  @Override
  public void put(LeasedJob lease, Chunk chunk) {
    own(lease, chunk.number()).ifPresent(before -> requireNoLater(lease, before));
    store(lease.job(), chunk, lease.fence());
  }
}
