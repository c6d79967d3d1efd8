package conversations.deletion.application.pool;

import conversations.deletion.application.pool.RecentAnswers.Counts;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.DeleteAnswer;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The records that wait to be deleted, of all conversations and jobs, and the requests that they
 * are packed into.
 *
 * <p>Safe for use by several threads: its lock guards all classes that have no lock of their own
 * here. It decides what is sent when, but sends nothing itself.
 */
final class DeletePool {

  /** A request that is not full waits no longer than this for records that would fill it. */
  private static final long PATIENCE_NANOS = Duration.ofMillis(20).toNanos();

  /** A request is packed no earlier than this before it may go. */
  private static final long AHEAD_NANOS = Duration.ofMillis(5).toNanos();

  private static final long SHORTEST_WAIT_NANOS = Duration.ofMillis(1).toNanos();

  /** After this a sender that waits looks again: the pace may have grown, the order be too late. */
  private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

  private final PoolSettings settings;
  private final Throughput throughput;
  private final DeletePartitions partitions = new DeletePartitions();
  private final Set<DeleteOrder> orders = new HashSet<>();
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
    this.throughput = new Throughput(settings.maxWriteUnits(), now);
  }

  /**
   * Adds the records of an order.
   *
   * @param headers session headers, in addition to the other records
   * @return whether to start a sender, which begins with {@link #next}
   */
  synchronized boolean add(
      DeleteOrder order, Collection<RecordId> records, Collection<RecordId> headers, long now) {
    partitions.forgetIdle(now);
    orders.add(order);
    records.forEach(record -> partitions.add(order, record, now));
    headers.forEach(header -> partitions.addHeader(order, header, now));
    waiting += records.size() + headers.size();
    return startSender();
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
    withdrawTooLate(now);
    long at = throughput.table().readyAt(now);
    if (waiting > 0 && at - now > AHEAD_NANOS) {
      return await(at, now);
    }
    DeletePartitions.Choice choice =
        partitions.choose(throughput.table().requestUnits(), throughput.averageUnits(), at);
    if (choice.isFull()) {
      return send(choice, at, now);
    }
    boolean isEmpty = choice.records().isEmpty();
    OptionalLong soonest = choice.soonest();
    if (soonest.isPresent() && (isEmpty || soonest.getAsLong() - now <= PATIENCE_NANOS)) {
      return await(soonest.getAsLong(), now);
    }
    return isEmpty || inFlight > 0 ? rest() : send(choice, at, now);
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
    if (isAwaited && awaitedUntil - moment <= 0) {
      return rest();
    }
    long nanos = Math.clamp(moment - now, SHORTEST_WAIT_NANOS, LONGEST_WAIT_NANOS);
    isAwaited = true;
    awaitedUntil = now + nanos;
    return new Turn.Wait(Duration.ofNanos(nanos));
  }

  /** The sender that waited asks what to do next. */
  synchronized void waited() {
    isAwaited = false;
  }

  private Turn send(DeletePartitions.Choice choice, long at, long now) {
    List<PendingDelete> batch = partitions.take(choice, throughput.averageUnits(), at);
    throughput.table().sent(choice.units(), at);
    waiting -= batch.size();
    inFlight++;
    boolean needsAnother = waiting >= ConversationRecords.MAX_BATCH && startSender();
    return new Turn.Send(batch, Duration.ofNanos(at - now), now, needsAnother);
  }

  /**
   * The records of a batch that a request names now. The others are not wanted any more, it has
   * become too late to begin their conversations, or the right to delete is not good for these.
   */
  synchronized List<PendingDelete> begin(List<PendingDelete> batch, long now) {
    withdrawTooLate(now);
    List<PendingDelete> wanted = new ArrayList<>(batch.size());
    boolean isAnyHeld = false;
    for (PendingDelete one : batch) {
      if (one.isWanted() && !one.order().right().mayDelete(one.record().conversation())) {
        one.order().refuse(one.record(), new ConversationHeldException());
        isAnyHeld = true;
      }
      if (one.isWanted()) {
        one.order().sends(one.record());
        wanted.add(one);
      } else {
        done(one);
      }
    }
    if (isAnyHeld) {
      dropUnwanted();
    }
    return wanted;
  }

  /**
   * Takes note of the answer to a request.
   *
   * @param packedAt when the request was packed
   */
  synchronized void answered(
      List<PendingDelete> batch, DeleteAnswer answer, long packedAt, long now) {
    Set<RecordId> refused = Set.copyOf(answer.unprocessed());
    Map<DeletePartition, Counts> counts = new LinkedHashMap<>();
    for (PendingDelete one : batch) {
      boolean isRefused = refused.contains(one.record());
      counts.merge(one.partition(), new Counts(1, isRefused ? 1 : 0), Counts::plus);
      if (isRefused && one.isWanted()) {
        one.order().waitsAgain();
        partitions.putBack(one);
        waiting++;
      } else {
        done(one);
      }
    }
    throughput.answered(counts, answer.units(), packedAt, now);
  }

  /** DynamoDB refuses a record, in a request of its own, for a reason that does not pass. */
  synchronized void refused(List<PendingDelete> batch, RuntimeException cause) {
    batch.forEach(one -> one.order().refuse(one.record(), cause));
    batch.forEach(this::done);
    dropUnwanted();
  }

  /** Sends nothing more of the orders of a batch, of which no request is in flight. */
  synchronized void failed(List<PendingDelete> batch, Throwable cause) {
    batch.forEach(one -> fail(one.order(), cause));
    batch.forEach(this::done);
  }

  private void done(PendingDelete one) {
    one.order().done();
    if (one.order().hasEnded()) {
      orders.remove(one.order());
    }
  }

  /** A sender has dealt with all that it was told to send. */
  synchronized void sent() {
    inFlight--;
  }

  /** Sends nothing more of this order. */
  synchronized void fail(DeleteOrder order, Throwable cause) {
    if (!order.hasFailed()) {
      order.fail(cause);
      dropUnwanted();
    }
  }

  /** A sender ends early. All waiting orders fail, so no record waits without a sender. */
  synchronized void abandon(Throwable cause) {
    senders--;
    List.copyOf(orders).forEach(order -> fail(order, cause));
  }

  /** Conversations that it is too late to begin are not wanted any more. */
  synchronized void withdrawTooLate(long now) {
    boolean isAny = false;
    for (DeleteOrder order : orders) {
      isAny |= order.becomesTooLate(now);
    }
    if (isAny) {
      dropUnwanted();
    }
  }

  /** How long until an order's conversations that were not begun are too late. */
  synchronized Duration untilTooLate(DeleteOrder order, Duration atMost, long now) {
    return order.untilTooLate(atMost, now);
  }

  private void dropUnwanted() {
    waiting -= partitions.dropUnwanted();
    orders.removeIf(DeleteOrder::hasEnded);
  }

  /** How many records the table is expected to take within some time from now on. */
  synchronized double recordsWithin(Duration duration, long now) {
    return throughput.recordsWithin(duration, now);
  }
}
