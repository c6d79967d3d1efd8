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
 * How far a leased job has come, and the one way in which that is stored.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A chunk is stored before the job's counts, and the counts are the sum of the stored chunks.
 *       A worker that dies between the two writes loses nothing, as the next one sums the chunks up
 *       anew; it can't count anything twice, as a chunk is replaced and never added to.
 *   <li>However many chunks are worked on at a time, they are stored for the first time one after
 *       another, each under the number after the last: the empty chunk of a later worker, which has
 *       that number, keeps out all that would follow.
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

  /** The first chunk with work, as it was summed up, until it is opened: most jobs have one. */
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
   * <p>Whoever had the job before may not yet know that it lost the lease. Before anything is made
   * of a chunk with work, it is claimed: what such a worker stored of it until then is in what is
   * read here, and nothing comes after. A channel user's job gets an empty chunk at its end, so
   * that no chunk can be added either.
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

  /** Adds the empty chunk; fails if another was added since the sum. */
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

  /** The chunks in which something is to do in this round. */
  List<Integer> withWork() {
    return List.copyOf(withWork);
  }

  /** How far the index was read. */
  Optional<IndexPosition> position() {
    return position;
  }

  /**
   * Takes up those of these conversations that are in no chunk, or ended there: the others wait in
   * theirs for a later attempt, or are being worked on.
   */
  synchronized List<IndexPosition> takeUp(List<IndexPosition> found) {
    return found.stream().filter(one -> unfinished.add(one.conversation())).toList();
  }

  /** Tells whether a conversation failed that a later window may see another attempt at. */
  synchronized boolean anythingRetriable() {
    return !retriable.isEmpty();
  }

  /** Tells whether a conversation that was begun failed, and may see another attempt. */
  synchronized boolean anythingBegunRetriable() {
    return begun.stream().anyMatch(retriable::contains);
  }

  /**
   * When the first of the conversations that are still open will have been idle for long enough.
   */
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

  /** Once only: what is opened is changed. */
  private synchronized Optional<Chunk> takeSummedUp(int number) {
    Optional<Chunk> summedUp = firstWithWork.filter(chunk -> chunk.number() == number);
    if (summedUp.isPresent()) {
      firstWithWork = Optional.empty();
    }
    return summedUp;
  }

  /** Opens a new chunk; it is stored with its first plan or outcome. */
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

  /** These conversations turned out not to be the job's. */
  synchronized void dropped(Set<ConversationId> conversations) {
    unfinished.removeAll(conversations);
  }

  /** Stores a chunk that was stored before, then with these counts. */
  void store(Chunk chunk, Counts before) {
    lease.keepAlive();
    chunks.put(lease.lease(), chunk);
    count(before, chunk);
  }

  /**
   * Stores a chunk for the first time, once all that were begun before it are stored or closed.
   *
   * @return the chunk under its number
   * @throws RuntimeException what kept an earlier chunk from being stored: whether it was is not
   *     known then, and so no number for this one
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

  /** Something was got on with that the job is to be told of. */
  synchronized void progressed() {
    hasNews = true;
  }

  /**
   * Tells the job how far it has come, if the last time is long enough ago, and hears whether it is
   * to be cancelled. A later worker tells it the first time at once: that tells a job that nobody
   * gets on with from one whose workers die.
   */
  synchronized void tellNews() {
    if (hasNews && (!hasTold || lease.isCheckpointDue())) {
      lease.save(lease.state().progressed(counts), Optional.empty());
      hasTold = true;
      hasNews = false;
    }
  }

  /** Fails all that is still pending: it may not wait any longer. */
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

  /** Takes note of how a stored chunk's conversations stand. */
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
