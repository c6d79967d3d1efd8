package conversations.deletion.application.offpeak;

import conversations.deletion.application.port.JobChunks;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a leased job has come, and the one place that stores it.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A chunk is stored before the job's counts, and the counts are the sum of the stored chunks.
 *       If a worker dies between the two writes, nothing is lost, because the next one sums up the
 *       chunks again. Nothing can be counted twice, because a chunk is replaced and never added to.
 *   <li>Several chunks are worked on at a time, but one thread adds all new ones, each under the
 *       number after the last, before it hands them on. So the empty chunk of a later worker, which
 *       takes that number, keeps out all that would follow.
 * </ul>
 *
 * <p>Safe for use by several threads, once it is loaded.
 */
final class JobProgress {

  private final JobChunks chunks;
  private final HeldLease lease;
  private final List<Integer> withWork = new ArrayList<>();
  private final WhatRemains remaining = new WhatRemains();

  /**
   * The first chunk with work, kept from summing up until it is opened: most jobs have only one.
   */
  private Optional<Chunk> firstWithWork = Optional.empty();

  private Counts counts = Counts.NONE;
  private long undated;
  private int lastNumber;
  private int filled;
  private Optional<IndexPosition> position = Optional.empty();
  private boolean hasNews;
  private boolean hasTold;

  private JobProgress(JobChunks chunks, HeldLease lease) {
    this.chunks = chunks;
    this.lease = lease;
    this.hasTold = lease.lease().isFirst();
  }

  /**
   * Sums up the stored chunks of the leased job.
   *
   * <p>An earlier worker may not yet know that it lost the lease. So each chunk with work is
   * claimed before it is used. What is read here then includes all that the earlier worker has
   * stored of the chunk, and it can store no more. A job that makes chunks as it goes gets an empty
   * one at its end, so that the earlier worker can't add a chunk either.
   */
  static JobProgress load(JobChunks chunks, HeldLease lease) {
    JobProgress progress = new JobProgress(chunks, lease);
    progress.sumUp();
    if (!lease.lease().isFirst() && !(lease.job().target() instanceof ListedConversations)) {
      while (!progress.tryToFenceOff()) {
        progress = new JobProgress(chunks, lease);
        progress.sumUp();
      }
    }
    return progress;
  }

  private void sumUp() {
    chunks.forEach(
        lease.lease(),
        stored -> {
          lease.keepAlive();
          add(hasWork(stored) && !lease.lease().isFirst() ? claim(stored) : stored);
        });
    if (lastNumber == 0 && lease.job().target() instanceof ListedConversations) {
      // Without its list, which has expired, the job must not seem to be done.
      throw new IllegalStateException("the job's list of conversations is gone");
    }
  }

  private boolean hasWork(Chunk stored) {
    return stored.hasWork(lease.state().retries().round());
  }

  private Chunk claim(Chunk stored) {
    return chunks.claim(lease.lease(), stored.number());
  }

  private void add(Chunk stored) {
    counts = counts.plus(stored.counts());
    lastNumber = stored.number();
    filled += stored.conversations().isEmpty() ? 0 : 1;
    position = stored.position().or(() -> position);
    if (hasWork(stored)) {
      if (withWork.isEmpty()) {
        firstWithWork = Optional.of(stored);
      }
      withWork.add(stored.number());
    }
    remaining.remember(stored);
  }

  /** Adds the empty chunk; returns false if a chunk was added since the sum. */
  private boolean tryToFenceOff() {
    Chunk fence =
        new Chunk(
            lease.job().id(), lastNumber + 1, lease.state().retries().round(), List.of(), position);
    if (!chunks.add(lease.lease(), fence)) {
      return false;
    }
    lastNumber = fence.number();
    return true;
  }

  HeldLease lease() {
    return lease;
  }

  /** Keeps the stored chunks from expiring, as the job may wait for years. */
  void keepChunks() {
    for (int number = 1; number <= lastNumber; number++) {
      int one = number;
      lease.requireTimeToRead();
      lease.insist(() -> chunks.keep(lease.lease(), one));
    }
  }

  WhatRemains remaining() {
    return remaining;
  }

  /** The counts. Conversations that a preview lists and that are in no chunk yet are to do. */
  synchronized Counts counts() {
    return counts.ofAtLeast(lease.job().target().listed());
  }

  /** How many chunks have conversations. */
  synchronized int filledChunks() {
    return filled;
  }

  /** Takes note of records that do not tell when they were made. */
  synchronized void noteUndated(int records) {
    undated += records;
  }

  /** How many records did not tell when they were made, while this worker had the job. */
  synchronized long undated() {
    return undated;
  }

  /** The numbers of the chunks that have work in this round. */
  List<Integer> withWork() {
    return List.copyOf(withWork);
  }

  /** How far the index was read. */
  Optional<IndexPosition> position() {
    return position;
  }

  /** A stored chunk, at the start of this round. */
  Chunk find(int number) {
    return takeSummedUp(number)
        .or(() -> lease.insist(() -> chunks.find(lease.lease(), number)))
        .orElseThrow(() -> new IllegalStateException("chunk " + number + " is gone"));
  }

  /** Works only once, because an opened chunk changes. */
  private synchronized Optional<Chunk> takeSummedUp(int number) {
    Optional<Chunk> summedUp = firstWithWork.filter(chunk -> chunk.number() == number);
    if (summedUp.isPresent()) {
      firstWithWork = Optional.empty();
    }
    return summedUp;
  }

  /** A new chunk. It takes its number once it is stored, and the next one comes after that. */
  synchronized Chunk newChunk(List<JobConversation> conversations, Optional<IndexPosition> upTo) {
    return new Chunk(
        lease.job().id(), lastNumber + 1, lease.state().retries().round(), conversations, upTo);
  }

  /**
   * Stores a chunk.
   *
   * @param before the counts of the stored chunk; none if it is new
   */
  void store(Chunk chunk, Counts before) {
    lease.keepAlive();
    lease.insist(() -> chunks.put(lease.lease(), chunk));
    count(before, chunk);
  }

  private synchronized void count(Counts before, Chunk stored) {
    filled += stored.number() > lastNumber && !stored.conversations().isEmpty() ? 1 : 0;
    lastNumber = Math.max(lastNumber, stored.number());
    counts = counts.replacing(before, stored.counts());
  }

  /** Takes note of progress that is to be stored with the job. */
  synchronized void progressed() {
    hasNews = true;
  }

  /**
   * Stores with the job how far it has come, if the last time is long enough ago, and learns
   * whether it is to be cancelled. A later worker does so the first time at once. That tells a job
   * without progress from one whose workers die.
   */
  synchronized void tellNews() {
    if (hasNews && (!hasTold || lease.isCheckpointDue())) {
      if (lease.saveProgress(counts())) {
        hasTold = true;
        hasNews = false;
      }
    }
  }
}
