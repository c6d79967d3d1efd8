package conversations.deletion.application;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a leased job has come, and the one way in which that is stored.
 *
 * <p>Invariant: the chunk is stored before the job's counts, and the counts are the sum of the
 * stored chunks. A worker that dies between the two writes loses nothing, as the next one sums the
 * chunks up anew; it can't count anything twice, as a chunk is replaced and never added to.
 */
final class JobProgress {

  private final JobChunks chunks;
  private final HeldLease lease;
  private final List<Integer> withWork = new ArrayList<>();
  private final Set<ConversationId> unfinished = new HashSet<>();
  private final Set<ConversationId> retriable = new HashSet<>();
  private final Set<ConversationId> begun = new HashSet<>();
  private final Set<Integer> withPending = new TreeSet<>();

  private Counts counts = Counts.NONE;
  private int lastNumber;
  private Optional<IndexPosition> position = Optional.empty();
  private Optional<Instant> idleAt = Optional.empty();

  private Chunk chunk;
  private Counts storedCounts;

  private JobProgress(JobChunks chunks, HeldLease lease) {
    this.chunks = chunks;
    this.lease = lease;
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

  Counts counts() {
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

  /** Tells whether the conversation is in a chunk and waits there for a later attempt. */
  boolean isUnfinished(ConversationId conversation) {
    return unfinished.contains(conversation);
  }

  /** Tells whether a conversation failed that a later window may see another attempt at. */
  boolean anythingRetriable() {
    return !retriable.isEmpty();
  }

  /** Tells whether a conversation that was begun failed, and may see another attempt. */
  boolean anythingBegunRetriable() {
    return begun.stream().anyMatch(retriable::contains);
  }

  /**
   * When the first of the conversations that are still open will have been idle for long enough.
   */
  Optional<Instant> idleAt() {
    return idleAt;
  }

  void noteIdleAt(Instant moment) {
    idleAt = Optional.of(idleAt.filter(moment::isAfter).orElse(moment));
  }

  /** Makes a stored chunk the current one. */
  void open(int number) {
    Chunk stored =
        chunks
            .find(lease.job().id(), number)
            .orElseThrow(() -> new IllegalStateException("chunk " + number + " is gone"));
    storedCounts = stored.counts();
    chunk = stored.enter(lease.state().retries().round());
  }

  /** Makes a new chunk the current one; it is stored with its first plan or outcome. */
  void begin(Collection<ConversationId> conversations, Optional<IndexPosition> upTo) {
    storedCounts = null;
    chunk =
        new Chunk(
            lease.job().id(),
            lastNumber + 1,
            lease.state().retries().round(),
            conversations.stream().map(JobConversation::pending).toList(),
            upTo);
  }

  Chunk chunk() {
    return chunk;
  }

  JobConversation conversation(ConversationId id) {
    return chunk.conversations().stream()
        .filter(one -> one.conversation().equals(id))
        .findFirst()
        .orElseThrow();
  }

  void update(List<JobConversation> changed) {
    chunk = chunk.with(changed);
  }

  void drop(Set<ConversationId> conversations) {
    chunk = chunk.without(conversations);
  }

  /**
   * Stores the current chunk, so that whoever takes over knows what may have been deleted. What an
   * earlier worker planned and this one found gone is progress, however often workers die.
   */
  void storePlan() {
    long before = counts.deletedRecords();
    store();
    if (counts.deletedRecords() > before) {
      lease.save(lease.state().progressed(counts), Optional.empty());
    }
  }

  private void store() {
    lease.keepAlive();
    chunks.put(lease.lease(), chunk);
    lastNumber = Math.max(lastNumber, chunk.number());
    counts = counts.replacing(storedCounts == null ? Counts.NONE : storedCounts, chunk.counts());
    storedCounts = chunk.counts();
  }

  /** Stores the current chunk and, with it, how far the job has come. */
  void commit() {
    if (storedCounts == null && chunk.conversations().isEmpty()) {
      return;
    }
    store();
    remember(chunk);
    lease.save(lease.state().progressed(counts), Optional.empty());
  }

  /** Fails all that is still pending: it may not wait any longer. */
  void failPending(Reason reason) {
    for (int number : List.copyOf(withPending)) {
      open(number);
      update(
          chunk.conversations().stream()
              .filter(one -> one.outcome() == Outcome.PENDING)
              .map(one -> one.failedUnseen(reason))
              .toList());
      commit();
    }
  }

  private void remember(Chunk stored) {
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
