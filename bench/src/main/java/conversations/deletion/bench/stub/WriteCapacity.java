package conversations.deletion.bench.stub;

import conversations.deletion.bench.stub.Behaviour.WriteLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the table, its partitions and those of its index can take, under limits that may change at
 * any moment. Safe for use by several threads.
 */
final class WriteCapacity {

  /** Not a monitor: see {@link SimulatedTime}. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Integer, TokenBucket> conversations = new HashMap<>();
  private final Map<Integer, TokenBucket> users = new HashMap<>();
  private volatile Optional<WriteLimits> limits = Optional.empty();
  private TokenBucket table;

  /** Sets limits that hold from now on. The first limits find a table that has rested. */
  void limitTo(Optional<WriteLimits> newLimits, long now) {
    lock.lock();
    try {
      limits = newLimits;
      newLimits.ifPresentOrElse(some -> limitTable(some, now), () -> table = null);
    } finally {
      lock.unlock();
    }
  }

  private void limitTable(WriteLimits some, long now) {
    if (table == null) {
      table = new TokenBucket(some.table(), some.burstSeconds(), now);
    } else {
      table.changeTo(some.table(), some.burstSeconds(), now);
    }
  }

  /** Takes all that the table has saved up. */
  void exhaust(long now) {
    lock.lock();
    try {
      table.empty(now);
    } finally {
      lock.unlock();
    }
  }

  /** Takes what deleting a record costs. Takes nothing, and returns false, if any limit forbids. */
  boolean take(SampleConversation conversation, int record, long now) {
    if (limits.isEmpty()) {
      return true;
    }
    boolean isIndexed;
    int units;
    synchronized (conversation) {
      isIndexed = record == conversation.header() && conversation.isThere(record);
      units = conversation.writeUnits(record);
    }
    lock.lock();
    try {
      TokenBucket partition = partition(conversations, conversation.number, now);
      if (!table.has(units, now) || !partition.has(units, now)) {
        return false;
      }
      if (isIndexed) {
        TokenBucket index = partition(users, conversation.user.number(), now);
        if (!index.has(1, now)) {
          return false;
        }
        index.take(1);
      }
      table.take(units);
      partition.take(units);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes one unit for a write to a partition that nobody else uses; false if there is none. */
  boolean takeOne(long now) {
    if (limits.isEmpty()) {
      return true;
    }
    lock.lock();
    try {
      if (!table.has(1, now)) {
        return false;
      }
      table.take(1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private TokenBucket partition(Map<Integer, TokenBucket> buckets, int number, long now) {
    int rate = limits.orElseThrow().partition();
    TokenBucket bucket =
        buckets.computeIfAbsent(
            number, _ -> new TokenBucket(rate, WriteLimits.PARTITION_BURST_SECONDS, now));
    bucket.changeTo(rate, WriteLimits.PARTITION_BURST_SECONDS, now);
    return bucket;
  }
}
