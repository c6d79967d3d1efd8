package conversations.deletion.application;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.BotId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Deletes records in full batches.
 *
 * <p>Records of all conversations share one pool, from which every request takes as many as it can
 * hold; what a request left unprocessed goes back into the pool and is packed anew, rather than
 * sent again as the remainder of its batch. That keeps the number of requests close to the least
 * possible.
 *
 * <p>Safe for use by several threads.
 */
final class RecordDeleter {

  private final ConversationRecords records;
  private final EngineSettings settings;
  private final IntFunction<Duration> backoff;
  private final Pause pause;

  /**
   * @param backoff how long to wait after a record's n-th failed attempt, n from 1
   */
  RecordDeleter(
      ConversationRecords records,
      EngineSettings settings,
      IntFunction<Duration> backoff,
      Pause pause) {
    this.records = records;
    this.settings = settings;
    this.backoff = backoff;
    this.pause = pause;
  }

  /**
   * Deletes these records of the leased job's bot.
   *
   * @return those that are not known to be deleted, though each was sent as often as the settings
   *     allow
   * @throws OutOfTimeException if time ran out; any of the records may be deleted then
   */
  Set<RecordId> delete(HeldLease lease, Collection<RecordId> toDelete) {
    BotId bot = lease.job().bot();
    Pool pool = new Pool(toDelete);
    int batches = Math.ceilDiv(toDelete.size(), ConversationRecords.MAX_BATCH);
    int workers = Math.min(settings.deleteConcurrency(), batches);
    Parallel.run(workers, () -> drain(pool, lease, bot));
    return pool.givenUp();
  }

  private void drain(Pool pool, HeldLease lease, BotId bot) {
    try {
      for (List<Pending> batch = pool.take(); !batch.isEmpty(); batch = pool.take()) {
        List<RecordId> ids = batch.stream().map(Pending::record).toList();
        lease.keepAlive();
        // Nothing that could block comes between the look at the clocks and the request.
        lease.requireTimeToDelete();
        int failedAttempts = pool.settle(batch, Set.copyOf(records.delete(bot, ids)));
        if (failedAttempts > 0) {
          pause.of(backoff.apply(failedAttempts));
        }
      }
    } catch (InterruptedException e) {
      pool.stop();
      Thread.currentThread().interrupt();
      throw new OutOfTimeException(e);
    } catch (RuntimeException | Error e) {
      pool.stop();
      throw e;
    }
  }

  /** A record that is still to be deleted, and how often that was tried. */
  private record Pending(RecordId record, int attempts) {}

  /** The records that are still to be deleted; guarded by itself. */
  private final class Pool {

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Set<RecordId> givenUp = new HashSet<>();
    private int inFlight;
    private boolean stopped;

    Pool(Collection<RecordId> toDelete) {
      toDelete.forEach(record -> waiting.add(new Pending(record, 0)));
    }

    /**
     * Takes the next batch; an empty one if nothing is left. Waits rather than take a batch that is
     * not full while requests are under way whose leftovers could fill it.
     */
    synchronized List<Pending> take() throws InterruptedException {
      while (!stopped && inFlight > 0 && waiting.size() < ConversationRecords.MAX_BATCH) {
        wait();
      }
      if (stopped || waiting.isEmpty()) {
        return List.of();
      }
      List<Pending> batch = new ArrayList<>();
      while (batch.size() < ConversationRecords.MAX_BATCH && !waiting.isEmpty()) {
        batch.add(waiting.poll());
      }
      inFlight++;
      return batch;
    }

    /**
     * Takes back what a batch left unprocessed.
     *
     * @return how often the most tried of its leftovers failed; 0 if nothing is left of it
     */
    synchronized int settle(List<Pending> batch, Set<RecordId> unprocessed) {
      int most = 0;
      for (Pending one : batch) {
        if (unprocessed.contains(one.record())) {
          Pending again = new Pending(one.record(), one.attempts() + 1);
          most = Math.max(most, again.attempts());
          if (again.attempts() < settings.maxDeleteAttempts()) {
            waiting.add(again);
          } else {
            givenUp.add(again.record());
          }
        }
      }
      inFlight--;
      notifyAll();
      return most;
    }

    synchronized void stop() {
      stopped = true;
      notifyAll();
    }

    synchronized Set<RecordId> givenUp() {
      return Collections.unmodifiableSet(givenUp);
    }
  }
}
