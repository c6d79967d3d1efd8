package conversations.deletion.application.pool;

import conversations.deletion.application.pool.RecentAnswers.Counts;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The records of one partition that wait to be deleted, how fast the partition takes deletes, and
 * how many write units one of its records consumes. Guarded by the pool's lock.
 */
final class DeletePartition {

  private final Deque<PendingDelete> waiting = new ArrayDeque<>();
  private final boolean isOfIndex;
  private final Pace pace;
  private double knownUnits;

  /**
   * @param isOfIndex whether it is a partition of the index. An entry of the index is a write unit,
   *     whatever the record consumes
   */
  DeletePartition(boolean isOfIndex, long now) {
    this.isOfIndex = isOfIndex;
    this.pace = Pace.ofPartition(now);
  }

  void add(PendingDelete pending) {
    waiting.addLast(pending);
  }

  PendingDelete take() {
    return waiting.removeFirst();
  }

  int size() {
    return waiting.size();
  }

  /** Drops the records that are not wanted any more, and returns how many. */
  int dropUnwanted() {
    int before = waiting.size();
    waiting.removeIf(
        one -> {
          boolean isDropped = !one.isWanted();
          if (isDropped) {
            one.order().dropped();
          }
          return isDropped;
        });
    return before - waiting.size();
  }

  /** When it takes the next record, and so does the partition of the table. */
  long readyAt(long now) {
    long readyAt = pace.readyAt(now);
    if (waiting.isEmpty()) {
      return readyAt;
    }
    long ofTable = waiting.getFirst().ofTable().pace.readyAt(now);
    return ofTable - readyAt > 0 ? ofTable : readyAt;
  }

  /** The most records of it that a request takes at this moment, once it takes any. */
  int mostRecords(double average, long at) {
    double most = pace.requestUnits() / (isOfIndex ? 1 : units(average));
    int records = (int) Math.clamp(most, 1, Math.max(size(), 1));
    return isOfIndex ? (int) ready(records, at) : records;
  }

  private long ready(int most, long at) {
    return waiting.stream()
        .limit(most)
        .takeWhile(header -> header.ofTable().pace.readyAt(at) == at)
        .count();
  }

  /**
   * The write units that a record consumes.
   *
   * @param average what is taken for it as long as nothing is known of this partition
   */
  double units(double average) {
    return knownUnits == 0 ? average : knownUnits;
  }

  private double paced(double records, double units) {
    return isOfIndex ? records : records * units;
  }

  /** A session header of it goes, and its index entry with it. */
  void sentHeader(double average, long at) {
    pace.sent(1, units(average), at);
  }

  void sent(int records, double average, long at) {
    pace.sent(records, isOfIndex ? 1 : units(average), at);
  }

  /**
   * A request consumed more or less than was thought.
   *
   * @param records how many records of this partition it deleted
   * @param factor the consumed units by the expected ones
   * @param weight the part of the request that was this partition's, up to 1
   */
  void consumed(int records, double factor, double weight, double average) {
    double before = units(average);
    knownUnits = Math.max(before * (1 + (factor - 1) * weight), 1);
    if (!isOfIndex) {
      pace.owesMore(records * (knownUnits - before));
    }
  }

  void answered(Counts counts, double average, long packedAt, long now) {
    double units = paced(counts.records(), units(average));
    pace.answered(counts.records(), counts.refused(), units, packedAt, now);
  }

  /** Tells whether a new partition in its place would behave the same. */
  boolean isIdle(long now) {
    return waiting.isEmpty() && pace.isIdle(now);
  }
}
