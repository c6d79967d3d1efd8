package conversations.deletion.application.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The last answers, by partition. They tell whether it is the table that refuses records, or a
 * partition of its own. Guarded by the pool's lock.
 */
final class RecentAnswers {

  private static final int REMEMBERED = 16;

  /** Fewer refused records than this tell nothing about a partition. */
  private static final int ENOUGH = 3;

  /** How many records of a partition were asked for, and how many of them were refused. */
  record Counts(int records, int refused) {
    static final Counts NONE = new Counts(0, 0);

    int deleted() {
      return records - refused;
    }

    Counts asIfDeleted() {
      return new Counts(records, 0);
    }

    Counts plus(Counts other) {
      return new Counts(records + other.records, refused + other.refused);
    }
  }

  /** Who refuses the records of a partition. */
  enum Cause {
    TABLE,
    PARTITION,
    /** Other partitions were hardly asked. */
    EITHER
  }

  private final Deque<Map<DeletePartition, Counts>> answers = new ArrayDeque<>();

  void add(Map<DeletePartition, Counts> answer) {
    answers.addLast(answer);
    if (answers.size() > REMEMBERED) {
      answers.removeFirst();
    }
  }

  /**
   * It is the partition if most of what was refused is its own, though most was asked of others.
   */
  Cause causeOf(DeletePartition partition) {
    Counts all = Counts.NONE;
    Counts own = Counts.NONE;
    for (Map<DeletePartition, Counts> answer : answers) {
      for (Map.Entry<DeletePartition, Counts> one : answer.entrySet()) {
        all = all.plus(one.getValue());
        if (one.getKey() == partition) {
          own = own.plus(one.getValue());
        }
      }
    }
    if (2 * own.records() >= all.records()) {
      return Cause.EITHER;
    }
    return own.refused() >= ENOUGH && 2 * own.refused() > all.refused()
        ? Cause.PARTITION
        : Cause.TABLE;
  }
}
