package conversations.deletion.bench.stub;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counts what was asked of the stub. Safe for use by several threads. */
public final class Meter {

  private final Map<Kind, Count> counts = new ConcurrentHashMap<>();
  private final LongAdder recordsDeleted = new LongAdder();
  private final LongAdder recordsRead = new LongAdder();
  private final LongAdder keysSent = new LongAdder();
  private final LongAdder keysSentAgain = new LongAdder();
  private final LongAdder recordsReadAgain = new LongAdder();
  private final LongAdder leastWriteUnits = new LongAdder();
  private final OverTime deletes = new OverTime(Duration.ofMillis(100));
  private final OverTime taken = new OverTime(Duration.ofSeconds(1));
  private final OverTime refused = new OverTime(Duration.ofSeconds(1));
  private final ChunkWrites chunkWrites = new ChunkWrites();

  /**
   * A kind of request.
   *
   * @param operation as AWS calls it
   * @param target the table or queue
   */
  public record Kind(String operation, String target) {}

  private record Count(
      LongAdder requests, LongAdder halfReadUnits, LongAdder writeUnits, LongAdder throttled) {

    Count() {
      this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
  }

  void request(String operation, String target) {
    of(operation, target).requests().increment();
  }

  /** Counts a read, in half units, because the smallest read costs half a unit. */
  void read(String operation, String target, long halfUnits) {
    of(operation, target).halfReadUnits().add(halfUnits);
  }

  void write(String operation, String target, long units) {
    of(operation, target).writeUnits().add(units);
  }

  void throttled(String operation, String target) {
    of(operation, target).throttled().increment();
  }

  /**
   * @param at the time since the stub was made, in nanoseconds
   */
  void deleted(int writeUnits, long at) {
    deletes.add(1, at);
    recordsDeleted.increment();
    leastWriteUnits.add(writeUnits);
  }

  /** Counts what a delete took of the table, without its index. */
  void took(int units, long at) {
    taken.add(units, at);
  }

  /** Counts what a delete that was not done would have taken of the table. */
  void refused(int units, long at) {
    refused.add(units, at);
  }

  void readRecords(int records, int again) {
    recordsRead.add(records);
    recordsReadAgain.add(again);
  }

  void keySent(boolean again) {
    keysSent.increment();
    if (again) {
      keysSentAgain.increment();
    }
  }

  ChunkWrites chunkWrites() {
    return chunkWrites;
  }

  private Count of(String operation, String target) {
    return counts.computeIfAbsent(new Kind(operation, target), _ -> new Count());
  }

  public long requests(Predicate<Kind> which) {
    return counts.entrySet().stream()
        .filter(one -> which.test(one.getKey()))
        .mapToLong(one -> one.getValue().requests().sum())
        .sum();
  }

  public long requests(String operation, String target) {
    return requests(new Kind(operation, target)::equals);
  }

  public double readUnits(Predicate<Kind> which) {
    return counts.entrySet().stream()
            .filter(one -> which.test(one.getKey()))
            .mapToLong(one -> one.getValue().halfReadUnits().sum())
            .sum()
        / 2.0;
  }

  public long writeUnits(Predicate<Kind> which) {
    return counts.entrySet().stream()
        .filter(one -> which.test(one.getKey()))
        .mapToLong(one -> one.getValue().writeUnits().sum())
        .sum();
  }

  public long throttledRequests() {
    return counts.values().stream().mapToLong(one -> one.throttled().sum()).sum();
  }

  /** The number of records that were deleted in each tenth of a second since the stub was made. */
  public List<Long> deletesOverTime() {
    return deletes.sums();
  }

  /** The units that deletes took of the records table in each second since the stub was made. */
  public List<Long> unitsTaken() {
    return taken.sums();
  }

  /** The units that deletes asked the records table for in vain, in each second. */
  public List<Long> unitsRefused() {
    return refused.sums();
  }

  /** The bytes of memory that what it counts over time takes. */
  long bytes() {
    return deletes.bytes() + taken.bytes() + refused.bytes();
  }

  public long recordsDeleted() {
    return recordsDeleted.sum();
  }

  /** The least write units for what was deleted: each record once, and each index entry once. */
  public long leastWriteUnits() {
    return leastWriteUnits.sum();
  }

  public long recordsRead() {
    return recordsRead.sum();
  }

  /** Records that were read although an earlier read had come as far. */
  public long recordsReadAgain() {
    return recordsReadAgain.sum();
  }

  public long keysSent() {
    return keysSent.sum();
  }

  /** Keys whose delete took effect although an earlier one had. */
  public long keysDeletedAgain() {
    return keysSentAgain.sum();
  }

  /** The write units of the two most expensive writes of each chunk. */
  public long twoChunkWrites() {
    return chunkWrites.twoOfEach();
  }

  /** One line for each kind of request. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(
            counts.entrySet().stream()
                .collect(
                    toMap(
                        one -> one.getKey().target() + " " + one.getKey().operation(),
                        Map.Entry::getValue)))
        .forEach(
            (kind, count) ->
                text.append(
                    "  %-45s %9d requests %10.1f read %10d written %6d throttled%n"
                        .formatted(
                            kind,
                            count.requests().sum(),
                            count.halfReadUnits().sum() / 2.0,
                            count.writeUnits().sum(),
                            count.throttled().sum())));
    return text.toString();
  }
}
