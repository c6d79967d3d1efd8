package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.OutOfTimeException;
import conversations.deletion.application.concurrent.Thrown;
import conversations.deletion.application.port.JobChunks;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a leased job has come, and the one place that stores it.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A chunk is stored before the job's counts, and the counts are the sum of the stored chunks.
 *       If a worker dies between the two writes, nothing is lost, because the next one sums up the
 *       chunks again. Nothing can be counted twice, because a chunk is replaced and never added to.
 *   <li>Several chunks are worked on at a time, but new ones are stored one after another, each
 *       under the number after the last. So the empty chunk of a later worker, which takes that
 *       number, keeps out all that would follow.
 * </ul>
 *
 * <p>Safe for use by several threads, once it is loaded.
 */
final class JobProgress {

  private final JobChunks chunks;
  private final HeldLease lease;
  private final List<Integer> withWork = new ArrayList<>();
  private final Set<ConversationId> unfinished = new HashSet<>();
  private final Set<ConversationId> retriable = new HashSet<>();
  private final Set<ConversationId> begun = new HashSet<>();
  private final Set<Integer> withPending = new TreeSet<>();
  private final Deque<OpenChunk> neverStored = new ArrayDeque<>();

  /**
   * The first chunk with work, kept from summing up until it is opened: most jobs have only one.
   */
  private Optional<Chunk> firstWithWork = Optional.empty();

  private Counts counts = Counts.NONE;
  private int lastNumber;
  private Optional<IndexPosition> position = Optional.empty();
  private Optional<Instant> idleAt = Optional.empty();
  private boolean hasNews;
  private boolean hasTold;
  private Throwable failedStore;

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
   * stored of the chunk, and it can store no more. A channel user's job gets an empty chunk at its
   * end, so that the earlier worker can't add a chunk either.
   */
  static JobProgress load(JobChunks chunks, HeldLease lease) {
    JobProgress progress = new JobProgress(chunks, lease);
    progress.sumUp();
    if (!lease.lease().isFirst() && lease.job().target() instanceof ChannelUserConversations) {
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
    position = stored.position().or(() -> position);
    if (hasWork(stored)) {
      if (withWork.isEmpty()) {
        firstWithWork = Optional.of(stored);
      }
      withWork.add(stored.number());
    }
    remember(stored);
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

  synchronized Counts counts() {
    return counts;
  }

  /** The numbers of the chunks that have work in this round. */
  List<Integer> withWork() {
    return List.copyOf(withWork);
  }

  /** How far the index was read. */
  Optional<IndexPosition> position() {
    return position;
  }

  /**
   * Takes up conversations that are in no chunk or have ended in theirs, and returns them. The
   * others wait in their chunk for a later attempt, or are being worked on.
   */
  synchronized List<IndexPosition> takeUp(List<IndexPosition> found) {
    return found.stream().filter(one -> unfinished.add(one.conversation())).toList();
  }

  /** Tells whether a failed conversation may be tried again in a later window. */
  synchronized boolean anythingRetriable() {
    return !retriable.isEmpty();
  }

  /** Tells whether a conversation that was begun has failed and may be tried again. */
  synchronized boolean anythingBegunRetriable() {
    return begun.stream().anyMatch(retriable::contains);
  }

  /** When the first of the open conversations will have been idle long enough. */
  synchronized Optional<Instant> idleAt() {
    return idleAt;
  }

  synchronized void noteIdleAt(Instant moment) {
    idleAt = Optional.of(idleAt.filter(moment::isAfter).orElse(moment));
  }

  /** Opens a stored chunk. */
  OpenChunk open(int number) {
    Chunk stored =
        takeSummedUp(number)
            .or(() -> chunks.find(lease.job().id(), number))
            .orElseThrow(() -> new IllegalStateException("chunk " + number + " is gone"));
    return new OpenChunk(this, stored.enter(lease.state().retries().round()), stored.counts());
  }

  /** Works only once, because an opened chunk changes. */
  private synchronized Optional<Chunk> takeSummedUp(int number) {
    Optional<Chunk> summedUp = firstWithWork.filter(chunk -> chunk.number() == number);
    if (summedUp.isPresent()) {
      firstWithWork = Optional.empty();
    }
    return summedUp;
  }

  /** Opens a new chunk, which is stored with its first plan or outcome. */
  synchronized OpenChunk begin(Collection<ConversationId> conversations, IndexPosition upTo) {
    Chunk chunk =
        new Chunk(
            lease.job().id(),
            lastNumber + 1,
            lease.state().retries().round(),
            conversations.stream().map(JobConversation::pending).toList(),
            Optional.of(upTo));
    OpenChunk open = new OpenChunk(this, chunk, null);
    neverStored.addLast(open);
    return open;
  }

  /** Takes note that these conversations do not belong to the job. */
  synchronized void dropped(Set<ConversationId> conversations) {
    unfinished.removeAll(conversations);
  }

  /** Stores a chunk that was stored before with these counts. */
  void store(Chunk chunk, Counts before) {
    lease.keepAlive();
    chunks.put(lease.lease(), chunk);
    count(before, chunk);
  }

  /**
   * Stores a chunk for the first time, once all chunks begun before it are stored or closed.
   *
   * @return the chunk under its number
   * @throws RuntimeException what kept an earlier chunk from being stored. It is then unknown
   *     whether it was stored, so there is no number for this one
   */
  Chunk storeNew(OpenChunk open, Chunk chunk) {
    awaitTurn(open);
    try {
      lease.keepAlive();
      Chunk numbered = chunk.numbered(lastNumber + 1);
      chunks.put(lease.lease(), numbered);
      countNew(open, numbered);
      return numbered;
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
  }

  private synchronized void awaitTurn(OpenChunk open) {
    try {
      while (failedStore == null && neverStored.peekFirst() != open) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutOfTimeException(e);
    }
    if (failedStore != null) {
      throw Thrown.again(failedStore);
    }
  }

  private synchronized void countNew(OpenChunk open, Chunk stored) {
    lastNumber = stored.number();
    count(Counts.NONE, stored);
    closed(open);
  }

  private synchronized void failed(Throwable cause) {
    failedStore = cause;
    notifyAll();
  }

  private synchronized void count(Counts before, Chunk stored) {
    counts = counts.replacing(before, stored.counts());
  }

  /** The chunk is stored, or never will be. */
  synchronized void closed(OpenChunk open) {
    if (neverStored.remove(open)) {
      notifyAll();
    }
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
      lease.save(lease.state().progressed(counts), Optional.empty());
      hasTold = true;
      hasNews = false;
    }
  }

  /** Fails all conversations that are still pending, because they may not wait any longer. */
  void failPending(Reason reason) {
    for (int number : pendingChunks()) {
      OpenChunk open = open(number);
      open.update(
          open.conversations().stream()
              .filter(one -> one.outcome() == Outcome.PENDING)
              .map(one -> one.failedUnseen(reason))
              .toList());
      open.commit();
    }
  }

  private synchronized List<Integer> pendingChunks() {
    return List.copyOf(withPending);
  }

  /** Takes note of the outcomes of a stored chunk's conversations. */
  synchronized void remember(Chunk stored) {
    for (JobConversation one : stored.conversations()) {
      boolean waits = one.outcome() == Outcome.PENDING || one.outcome() == Outcome.FAILED;
      put(unfinished, one.conversation(), waits);
      put(retriable, one.conversation(), Chunk.isRetriable(one));
      put(begun, one.conversation(), waits && one.isBegun());
    }
    put(withPending, stored.number(), stored.has(one -> one.outcome() == Outcome.PENDING));
  }

  private static <T> void put(Set<T> set, T element, boolean isIn) {
    if (isIn) {
      set.add(element);
    } else {
      set.remove(element);
    }
  }
}
