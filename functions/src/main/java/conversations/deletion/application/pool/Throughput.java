package conversations.deletion.application.pool;

import conversations.deletion.application.pool.RecentAnswers.Cause;
import conversations.deletion.application.pool.RecentAnswers.Counts;
import java.time.Duration;
import java.util.Map;

/**
 * How fast the table takes deletes, and how many write units a record consumes, as far as its
 * answers tell. Guarded by the pool's lock.
 */
final class Throughput {

  /** How much the units of a request's records weigh in the average. */
  private static final double WEIGHT = 0.25;

  /**
   * What a record is thought to consume before the first answer: so much that few requests are sent
   * until then.
   */
  private static final double FIRST_UNITS = 9;

  private final Pace table;
  private final RecentAnswers recent = new RecentAnswers();
  private double averageUnits = FIRST_UNITS;
  private boolean isAverageKnown;

  /**
   * @param maxWriteUnits the most write units a second; 0: as many as the table takes
   */
  Throughput(double maxWriteUnits, long now) {
    this.table = Pace.ofTable(maxWriteUnits, now);
  }

  /** The pace of the table as a whole. */
  Pace table() {
    return table;
  }

  /** The write units of a record of which nothing is known. */
  double averageUnits() {
    return averageUnits;
  }

  /** How many records the table is expected to take within some time from now on. */
  double recordsWithin(Duration duration, long now) {
    long left = duration.toNanos() - (table.readyAt(now) - now);
    return Math.max(0, left) / 1e9 * table.rate() / averageUnits;
  }

  /**
   * Takes note of the answer to a request.
   *
   * @param counts the request's records, by partition
   * @param consumed the write units that it consumed; 0 if that is not known
   * @param packedAt when it was packed
   */
  void answered(Map<DeletePartition, Counts> counts, double consumed, long packedAt, long now) {
    learn(counts, consumed);
    recent.add(counts);
    adjust(counts, packedAt, now);
  }

  /** Learns how many write units the records of these partitions consume. */
  private void learn(Map<DeletePartition, Counts> counts, double consumed) {
    double records = 0;
    double expected = 0;
    for (Map.Entry<DeletePartition, Counts> one : counts.entrySet()) {
      int deleted = one.getValue().deleted();
      records += deleted;
      expected += deleted * one.getKey().units(averageUnits);
    }
    if (records == 0) {
      return;
    }
    // Without a word on it, a record counts as one unit.
    double units = consumed > 0 ? consumed : records;
    for (Map.Entry<DeletePartition, Counts> one : counts.entrySet()) {
      int deleted = one.getValue().deleted();
      one.getKey().consumed(deleted, units / expected, deleted / records, averageUnits);
    }
    table.owesMore(units - expected);
    averageUnits += (isAverageKnown ? WEIGHT : 1) * (units / records - averageUnits);
    isAverageKnown = true;
  }

  /** What the table refuses slows down the table's pace, and what a partition refuses its own. */
  private void adjust(Map<DeletePartition, Counts> counts, long packedAt, long now) {
    Counts ofTable = Counts.NONE;
    double units = 0;
    for (Map.Entry<DeletePartition, Counts> answer : counts.entrySet()) {
      DeletePartition partition = answer.getKey();
      Counts one = answer.getValue();
      Cause cause = one.refused() == 0 ? Cause.TABLE : recent.causeOf(partition);
      partition.answered(
          cause == Cause.TABLE ? one.asIfDeleted() : one, averageUnits, packedAt, now);
      if (cause != Cause.PARTITION) {
        ofTable = ofTable.plus(one);
        units += one.records() * partition.units(averageUnits);
      }
    }
    if (ofTable.records() > 0) {
      table.answered(ofTable.records(), ofTable.refused(), units, packedAt, now);
    }
  }
}
