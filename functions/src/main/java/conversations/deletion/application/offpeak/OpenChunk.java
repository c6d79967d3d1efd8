package conversations.deletion.application.offpeak;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.JobConversation;
import java.util.List;
import java.util.Set;

/**
 * A chunk that is being worked on, by one thread.
 *
 * <p>Invariant: the chunk is stored before the job's counts include it. It is replaced and never
 * added to, so nothing in it can be counted twice.
 */
final class OpenChunk implements AutoCloseable {

  private final JobProgress progress;
  private Chunk chunk;
  private Counts storedCounts;

  /**
   * @param storedCounts the counts of the stored chunk; null if it was never stored
   */
  OpenChunk(JobProgress progress, Chunk chunk, Counts storedCounts) {
    this.progress = progress;
    this.chunk = chunk;
    this.storedCounts = storedCounts;
  }

  JobProgress progress() {
    return progress;
  }

  HeldLease lease() {
    return progress.lease();
  }

  List<JobConversation> conversations() {
    return chunk.conversations();
  }

  boolean hasFailedTooOften() {
    return chunk.hasFailedTooOften();
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
    progress.dropped(conversations);
  }

  /**
   * Stores the chunk, so that a worker that takes over knows what may have been deleted. Records
   * that an earlier worker planned and this one found gone are progress, even if workers die again
   * and again.
   */
  void storePlan() {
    long before = storedCounts == null ? 0 : storedCounts.deletedRecords();
    store();
    if (storedCounts.deletedRecords() > before) {
      progress.progressed();
      progress.tellNews();
    }
  }

  /** Stores the chunk and, with it, how far the job has come. */
  void commit() {
    if (storedCounts == null && chunk.conversations().isEmpty()) {
      return;
    }
    store();
    progress.remember(chunk);
    progress.progressed();
  }

  private void store() {
    if (storedCounts == null) {
      chunk = progress.storeNew(this, chunk);
    } else {
      progress.store(chunk, storedCounts);
    }
    storedCounts = chunk.counts();
  }

  /** Leaves the chunk as it is stored. */
  @Override
  public void close() {
    progress.closed(this);
  }
}
