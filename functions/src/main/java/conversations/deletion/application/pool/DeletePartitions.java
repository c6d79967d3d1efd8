package conversations.deletion.application.pool;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The partitions that records wait for. They take turns. Guarded by the pool's lock. */
final class DeletePartitions {

  /** Once more partitions than this are remembered, the idle ones are dropped. */
  private static final int REMEMBERED = 200;

  /** What has a partition of its own. */
  private sealed interface Key {
    record OfConversation(BotId bot, ConversationId conversation) implements Key {}

    /** The index entries of a channel user, which go with the session headers. */
    record OfHeaders(String owner) implements Key {}
  }

  /**
   * Records for a request: so many of each partition.
   *
   * @param units the write units that they are expected to consume
   * @param isFull whether no more fit
   * @param soonest when one of the other partitions takes more
   */
  record Choice(
      Map<DeletePartition, Integer> records, double units, boolean isFull, OptionalLong soonest) {}

  private final Map<Key, DeletePartition> partitions = new HashMap<>();
  private final Set<DeletePartition> withWaiting = new LinkedHashSet<>();

  void add(DeleteOrder order, RecordId record, long now) {
    DeletePartition ofTable = ofTable(record, now);
    putBack(new PendingDelete(order, ofTable, ofTable, record));
  }

  void addHeader(DeleteOrder order, RecordId header, long now) {
    Key key = new Key.OfHeaders(order.right().owner());
    DeletePartition ofIndex = partitions.computeIfAbsent(key, _ -> new DeletePartition(true, now));
    putBack(new PendingDelete(order, ofIndex, ofTable(header, now), header));
  }

  private DeletePartition ofTable(RecordId record, long now) {
    Key key = new Key.OfConversation(record.bot(), record.conversation());
    return partitions.computeIfAbsent(key, _ -> new DeletePartition(false, now));
  }

  void putBack(PendingDelete pending) {
    pending.partition().add(pending);
    withWaiting.add(pending.partition());
  }

  void forgetIdle(long now) {
    if (partitions.size() > REMEMBERED) {
      partitions.values().removeIf(one -> one.isIdle(now));
    }
  }

  /**
   * Chooses records for a request that goes at this moment. It has one record at least, if any may
   * go, and as many as fit into a batch and into the units.
   *
   * @param average the write units of a record of which nothing is known
   */
  Choice choose(double maxUnits, double average, long at) {
    Map<DeletePartition, Integer> chosen = new LinkedHashMap<>();
    int room = ConversationRecords.MAX_BATCH;
    double units = 0;
    boolean isFull = false;
    OptionalLong soonest = OptionalLong.empty();
    for (DeletePartition partition : withWaiting) {
      if (isFull) {
        break;
      }
      long readyAt = partition.readyAt(at);
      if (readyAt - at > 0) {
        if (soonest.isEmpty() || readyAt - soonest.getAsLong() < 0) {
          soonest = OptionalLong.of(readyAt);
        }
        continue;
      }
      double each = partition.units(average);
      int fitting = (int) Math.max((maxUnits - units) / each, chosen.isEmpty() ? 1 : 0);
      int wanted = Math.min(partition.size(), partition.mostRecords(average, at));
      int records = Math.min(wanted, Math.min(room, fitting));
      if (records > 0) {
        chosen.put(partition, records);
        units += records * each;
        room -= records;
      }
      isFull = room == 0 || fitting <= wanted;
    }
    return new Choice(chosen, units, isFull, soonest);
  }

  /** Takes the chosen records. Their partitions have their next turn after all others. */
  List<PendingDelete> take(Choice choice, double average, long at) {
    List<PendingDelete> batch = new ArrayList<>();
    choice
        .records()
        .forEach(
            (partition, records) -> {
              withWaiting.remove(partition);
              for (int i = 0; i < records; i++) {
                PendingDelete pending = partition.take();
                pending.order().taken();
                if (pending.ofTable() != partition) {
                  pending.ofTable().sentHeader(average, at);
                }
                batch.add(pending);
              }
              partition.sent(records, average, at);
              if (partition.size() > 0) {
                withWaiting.add(partition);
              }
            });
    return batch;
  }

  /** Drops the records that are not wanted any more, and returns how many. */
  int dropUnwanted() {
    int dropped = withWaiting.stream().mapToInt(DeletePartition::dropUnwanted).sum();
    withWaiting.removeIf(partition -> partition.size() == 0);
    return dropped;
  }
}
