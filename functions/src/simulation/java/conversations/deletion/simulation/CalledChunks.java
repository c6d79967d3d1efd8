package conversations.deletion.simulation;

import conversations.deletion.application.port.JobChunks;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The table of jobs' conversations, as a worker calls it. */
final class CalledChunks implements JobChunks {

  private final World world;
  private final Calls calls;

  CalledChunks(World world, Calls calls) {
    this.world = world;
    this.calls = calls;
  }

  @Override
  public void forEach(LeasedJob lease, Consumer<Chunk> consumer) {
    calls
        .call(
            Permission.READ_CHUNKS,
            "read chunks",
            () -> {
              List<Chunk> read = new ArrayList<>();
              world.chunks.forEach(lease, read::add);
              return read;
            })
        .forEach(consumer);
  }

  @Override
  public Chunk claim(LeasedJob lease, int number) {
    return calls.call(
        Permission.WRITE_CHUNKS, "claim chunk " + number, () -> world.chunks.claim(lease, number));
  }

  @Override
  public boolean add(LeasedJob lease, Chunk chunk) {
    return calls.call(
        Permission.WRITE_CHUNKS,
        "add chunk " + chunk.number(),
        () -> world.chunks.add(lease, chunk));
  }

  @Override
  public Optional<Chunk> find(LeasedJob lease, int number) {
    return calls.call(
        Permission.READ_CHUNKS, "find chunk " + number, () -> world.chunks.find(lease, number));
  }

  @Override
  public void keep(LeasedJob lease, int number) {
    calls.call(
        Permission.WRITE_CHUNKS, "keep chunk " + number, () -> world.chunks.keep(lease, number));
  }

  @Override
  public void deleteAll(JobId id) {
    calls.call(Permission.WRITE_CHUNKS, "delete chunks", () -> world.chunks.deleteAll(id));
  }

  @Override
  public void put(LeasedJob lease, Chunk chunk) {
    calls.call(
        Permission.WRITE_CHUNKS,
        "put chunk " + chunk.number() + " " + chunk.counts(),
        () -> {
          world.chunks.put(lease, chunk);
          world.promises.stored(lease, chunk);
        });
  }
}
