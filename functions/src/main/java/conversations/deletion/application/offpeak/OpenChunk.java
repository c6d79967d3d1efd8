package conversations.deletion.application.offpeak;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A chunk that is being worked on, by one thread at a time.
 *
 * <p>Invariant: the chunk is stored before the job's counts include it. It is replaced and never
 * added to, so nothing in it can be counted twice.
 */
final class OpenChunk {

  private final JobProgress progress;
  private Chunk chunk;
  private Optional<Counts> stored;
  private boolean isChanged;

  private OpenChunk(JobProgress progress, Chunk chunk, Optional<Counts> stored) {
    this.progress = progress;
    this.chunk = chunk;
    this.stored = stored;
  }

  /** Opens a stored chunk. */
  static OpenChunk ofStored(JobProgress progress, int number) {
    Chunk stored = progress.find(number);
    int round = progress.lease().state().retries().round();
    return new OpenChunk(progress, stored.enter(round), Optional.of(stored.counts()));
  }

  /** Opens a new chunk, which is still to be stored. */
  static OpenChunk ofNew(
      JobProgress progress, List<JobConversation> conversations, Optional<IndexPosition> upTo) {
    return new OpenChunk(progress, progress.newChunk(conversations, upTo), Optional.empty());
  }

  /** Fails all conversations of a job that are still pending, because they may not wait longer. */
  static void failPending(JobProgress progress, Reason reason) {
    failPending(progress, reason, _ -> true);
  }

  /** Fails those of a job's pending conversations that match. */
  static void failPending(
      JobProgress progress, Reason reason, Predicate<JobConversation> matching) {
    for (int number : progress.remaining().chunksWithPending()) {
      OpenChunk open = ofStored(progress, number);
      open.update(open.pending().stream().filter(matching).map(one -> one.failed(reason)).toList());
      open.commitChanges();
    }
  }

  JobProgress progress() {
    return progress;
  }

  HeldLease lease() {
    return progress.lease();
  }

  /** The conversations that are still to be dealt with. */
  List<JobConversation> pending() {
    return chunk.conversations().stream().filter(one -> one.outcome() == Outcome.PENDING).toList();
  }

  boolean isFull() {
    return chunk.isFull();
  }

  void update(List<JobConversation> changed) {
    Chunk updated = chunk.with(changed);
    isChanged |= !updated.equals(chunk);
    chunk = updated;
  }

  /** Stores what a step decided, and what it is to delete. */
  void store(Step step) {
    chunk = chunk.without(step.dropped());
    progress.remaining().dropped(step.dropped());
    update(step.decided());
    update(step.works().stream().map(Work::conversation).toList());
    isChanged |= stored.isEmpty() || !step.dropped().isEmpty();
    if (step.works().isEmpty()) {
      commitChanges();
    } else {
      storePlan();
    }
  }

  /**
   * Stores the chunk, so that a worker that takes over knows what may have been deleted. Records
   * that an earlier worker planned and this one found gone are progress, even if workers die again
   * and again.
   */
  void storePlan() {
    store();
    progress.tellNews();
  }

  /** Stores the chunk and, with it, how far the job has come. A new one without content is not. */
  void commit() {
    if (stored.isEmpty() && chunk.conversations().isEmpty()) {
      return;
    }
    store();
    progress.remaining().remember(chunk);
  }

  /** Stores the chunk if it is not stored as it is. */
  void commitChanges() {
    if (isChanged) {
      commit();
    }
  }

  /** What was dealt with is progress, and nothing else: a plan may be stored in vain. */
  private void store() {
    Counts before = storedCounts();
    Counts now = chunk.counts();
    progress.store(chunk, before);
    stored = Optional.of(now);
    isChanged = false;
    if (now.processed() > before.processed() || now.deletedInAll() > before.deletedInAll()) {
      progress.progressed();
    }
  }

  private Counts storedCounts() {
    return stored.orElse(Counts.NONE);
  }
}
