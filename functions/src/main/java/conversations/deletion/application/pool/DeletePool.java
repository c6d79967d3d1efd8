package conversations.deletion.application.pool;

import static java.util.stream.Collectors.groupingBy;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The records that wait to be deleted, of all conversations and jobs, and the requests that they
 * are packed into.
 *
 * <p>Safe for use by several threads. It decides what is sent when, but sends nothing itself. It is
 * one long class because one lock guards all of it.
 */
final class DeletePool {

  /** A request that is not full waits no longer than this for records that would fill it. */
  private static final long PATIENCE_NANOS = Duration.ofMillis(20).toNanos();

  private static final long SHORTEST_WAIT_NANOS = Duration.ofMillis(1).toNanos();

  /** Once more partitions than this are remembered, the idle ones are dropped. */
  private static final int REMEMBERED = 200;

  /** What a sender does next. */
  sealed interface Turn {
    /** Ends: a sender that has a request in flight, or waits, goes on with the other records. */
    record Rest() implements Turn {}

    /** Waits, because no partition takes anything earlier. */
    record Wait(Duration duration) implements Turn {}

    /**
     * Sends a request.
     *
     * @param delay how long to wait before sending
     * @param needsAnother whether another sender has something to do meanwhile
     */
    record Send(List<PendingDelete> batch, Duration delay, boolean needsAnother) implements Turn {}
  }

  /** What has a partition of its own. */
  private sealed interface PartitionKey {
    record OfConversation(BotId bot, ConversationId conversation) implements PartitionKey {}

    /** The index entries of a channel user, which go with the session headers. */
    record OfHeaders(String owner) implements PartitionKey {}
  }

  private final PoolSettings settings;
  private final DeletePace pace;
  private final Map<PartitionKey, DeletePartition> partitions = new HashMap<>();
  private final Set<DeletePartition> withWaiting = new LinkedHashSet<>();
  private int waiting;
  private int senders;
  private int inFlight;
  private boolean isAwaited;
  private long awaitedUntil;

  /**
   * @param now the monotonic clock, in nanoseconds, as in all methods
   */
  DeletePool(PoolSettings settings, long now) {
    this.settings = settings;
    this.pace = new DeletePace(now);
  }

  /**
   * Adds the records of an order.
   *
   * @param headers session headers, in addition to the other records
   * @return whether to start a sender, which begins with {@link #next}
   */
  synchronized boolean add(
      DeleteOrder order, Collection<RecordId> records, Collection<RecordId> headers, long now) {
    if (partitions.size() > REMEMBERED) {
      partitions.values().removeIf(one -> one.isIdle(now));
    }
    for (RecordId record : records) {
      PartitionKey key = new PartitionKey.OfConversation(record.bot(), record.conversation());
      put(new PendingDelete(order, partition(key, now), record, 0));
    }
    for (RecordId header : headers) {
      PartitionKey key = new PartitionKey.OfHeaders(order.right().owner());
      put(new PendingDelete(order, partition(key, now), header, 0));
    }
    return startSender();
  }

  private DeletePartition partition(PartitionKey key, long now) {
    return partitions.computeIfAbsent(key, _ -> new DeletePartition(now));
  }

  private void put(PendingDelete pending) {
    pending.partition().add(pending);
    withWaiting.add(pending.partition());
    waiting++;
  }

  private boolean startSender() {
    if (senders == settings.maxSenders()) {
      return false;
    }
    senders++;
    return true;
  }

  /**
   * What the asking sender does next. A request that is not full waits as long as another in flight
   * could leave records to fill it, or a partition is about to take more.
   */
  synchronized Turn next(long now) {
    Map<DeletePartition, Integer> chosen = new LinkedHashMap<>();
    int room = ConversationRecords.MAX_BATCH;
    OptionalLong soonest = OptionalLong.empty();
    for (DeletePartition partition : withWaiting) {
      if (room == 0) {
        break;
      }
      int wanted = Math.min(room, partition.size());
      long readyAt = partition.readyAt(wanted, now);
      if (readyAt <= now) {
        chosen.put(partition, wanted);
        room -= wanted;
      } else if (soonest.isEmpty() || readyAt < soonest.getAsLong()) {
        soonest = OptionalLong.of(readyAt);
      }
    }
    if (room == 0) {
      return send(chosen, now);
    }
    if (soonest.isPresent()) {
      long moment = soonest.getAsLong();
      if (chosen.isEmpty() || moment - now <= PATIENCE_NANOS) {
        return isAwaited && awaitedUntil <= moment ? rest() : await(moment, now);
      }
    }
    return chosen.isEmpty() || inFlight > 0 ? rest() : send(chosen, now);
  }

  /**
   * The asking sender ends, though there may be more to do.
   *
   * @return whether to start another in its place, which begins with {@link #next}
   */
  synchronized boolean leave() {
    if (waiting > 0) {
      return true;
    }
    senders--;
    return false;
  }

  private Turn rest() {
    senders--;
    return new Turn.Rest();
  }

  private Turn await(long moment, long now) {
    isAwaited = true;
    awaitedUntil = moment;
    return new Turn.Wait(Duration.ofNanos(Math.max(moment - now, SHORTEST_WAIT_NANOS)));
  }

  /** The sender that waited asks what to do next. */
  synchronized void waited() {
    isAwaited = false;
  }

  private Turn send(Map<DeletePartition, Integer> chosen, long now) {
    List<PendingDelete> batch = new ArrayList<>();
    chosen.forEach(
        (partition, records) -> {
          withWaiting.remove(partition);
          for (int i = 0; i < records; i++) {
            PendingDelete pending = partition.take();
            pending.order().sent();
            batch.add(pending);
          }
          partition.sent(records, now);
          if (partition.size() > 0) {
            withWaiting.add(partition);
          }
        });
    waiting -= batch.size();
    inFlight++;
    return new Turn.Send(
        batch,
        pace.reserve(batch.size(), now),
        waiting >= ConversationRecords.MAX_BATCH && startSender());
  }

  /**
   * Takes note of the answer to a request.
   *
   * @param unprocessed the records of the batch that are not known to be deleted
   */
  synchronized void answered(List<PendingDelete> batch, Set<RecordId> unprocessed, long now) {
    inFlight--;
    for (PendingDelete pending : batch) {
      if (pending.order().hasFailed() || !unprocessed.contains(pending.record())) {
        pending.order().done();
      } else {
        retryOrFail(pending, now);
      }
    }
    pace.answered(batch.size() - unprocessed.size(), unprocessed.size(), now);
    if (unprocessed.isEmpty()) {
      batch.forEach(one -> one.partition().took(1));
    } else {
      batch.stream()
          .collect(groupingBy(PendingDelete::partition))
          .forEach((partition, sent) -> answer(partition, sent, unprocessed));
    }
  }

  private static void answer(
      DeletePartition partition, List<PendingDelete> sent, Set<RecordId> unprocessed) {
    long refused = sent.stream().filter(one -> unprocessed.contains(one.record())).count();
    partition.refused((double) refused / sent.size());
    partition.took(sent.size() - refused);
  }

  /** A failure here must not leave the rest of the batch in flight for ever. */
  private void retryOrFail(PendingDelete pending, long now) {
    try {
      retry(pending.triedAgain(), now);
    } catch (RuntimeException | Error e) {
      fail(pending.order(), e);
      pending.order().done();
    }
  }

  private void retry(PendingDelete pending, long now) {
    if (pending.attempts() == settings.maxAttempts()) {
      pending.order().givenUp(pending.record());
      return;
    }
    Duration wait = settings.backoff().apply(pending.attempts());
    pending.order().waitsAgain();
    put(pending);
    pending.partition().holdBack(wait, now);
  }

  /**
   * The records of a batch that are still wanted, each once. An order names no record twice, but
   * two jobs may have planned the same one.
   */
  synchronized List<RecordId> wanted(List<PendingDelete> batch) {
    List<RecordId> wanted = new ArrayList<>(batch.size());
    boolean isOfOneOrder = true;
    for (PendingDelete one : batch) {
      isOfOneOrder &= one.order() == batch.getFirst().order();
      if (!one.order().hasFailed()) {
        wanted.add(one.record());
      }
    }
    return isOfOneOrder ? wanted : wanted.stream().distinct().toList();
  }

  /** Sends nothing more of this order. */
  synchronized void fail(DeleteOrder order, Throwable cause) {
    if (order.hasFailed()) {
      return;
    }
    waiting -= order.waiting();
    order.fail(cause);
    withWaiting.forEach(DeletePartition::dropFailed);
    withWaiting.removeIf(partition -> partition.size() == 0);
  }

  /** A sender ends early. All waiting orders fail, so no record waits without a sender. */
  synchronized void abandon(Throwable cause) {
    senders--;
    Set<DeleteOrder> orders = new HashSet<>();
    withWaiting.forEach(partition -> partition.forEach(one -> orders.add(one.order())));
    orders.forEach(order -> fail(order, cause));
  }
}
