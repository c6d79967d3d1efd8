package conversations.deletion.domain;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A part of a job's conversations, stored as one item: the plan before they are deleted, the
 * outcome after.
 *
 * <p>The chunks of a job are the truth about its counts and about how far its index was read; the
 * job's own counts are their sum. A conversation stays in its chunk from before its first delete
 * until after the last look, so a worker that takes the job over finds it there. That holds even
 * when its session header is gone and, with the header, its index entry.
 *
 * @param job the job
 * @param number from 1, in the order in which the chunks were made
 * @param round the job's round in which the chunk was last worked on
 * @param conversations at most {@value #MAX_CONVERSATIONS}
 * @param position how far the index was read when the chunk was made; absent for listed
 *     conversations
 */
public record Chunk(
    JobId job,
    int number,
    int round,
    List<JobConversation> conversations,
    Optional<IndexPosition> position) {

  /**
   * The most conversations of one chunk. With {@link #MAX_PLANNED} it bounds the item far below
   * DynamoDB's 400 KB.
   */
  public static final int MAX_CONVERSATIONS = 100;

  /**
   * The most records, or attachments, of a conversation's next plan; fingerprints take 8 bytes
   * each. A step takes no more conversations once it has as many, and may hold twice as many.
   */
  public static final int MAX_PLANNED = 2_500;

  /**
   * If the conversations have more planned than this, no other conversation is begun. The item then
   * still has room for one more step.
   */
  public static final int MAX_KEPT_PLANS = 20_000;

  /**
   * @throws IllegalArgumentException if there are too many conversations
   */
  public Chunk {
    conversations = List.copyOf(conversations);
    if (number < 1 || conversations.size() > MAX_CONVERSATIONS) {
      throw new IllegalArgumentException(
          "chunk " + number + " with " + conversations.size() + " conversations");
    }
  }

  /** What this chunk adds to its job's counts. */
  public Counts counts() {
    return conversations.stream().map(JobConversation::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** Tells whether the item has no room for the plan of another conversation. */
  public boolean isFull() {
    return conversations.stream().mapToInt(JobConversation::plannedCount).sum() > MAX_KEPT_PLANS;
  }

  /** Tells whether any of its conversations matches the predicate. */
  public boolean has(Predicate<JobConversation> predicate) {
    return conversations.stream().anyMatch(predicate);
  }

  /** Tells whether a run in this round has anything to do here. */
  public boolean hasWork(int inRound) {
    return has(one -> one.outcome() == Outcome.PENDING)
        || round < inRound && has(Chunk::isRetriable);
  }

  /**
   * This chunk at the start of {@code newRound}. Conversations that failed in an earlier round are
   * pending again, so none is tried twice in one round.
   */
  public Chunk enter(int newRound) {
    if (round >= newRound) {
      return this;
    }
    List<JobConversation> entered =
        conversations.stream().map(one -> isRetriable(one) ? one.retried() : one).toList();
    return new Chunk(job, number, newRound, entered, position);
  }

  /** This chunk with some of its conversations in their new state. */
  public Chunk with(List<JobConversation> changed) {
    Map<ConversationId, JobConversation> changes =
        changed.stream()
            .collect(toMap(JobConversation::conversation, one -> one, (_, last) -> last));
    List<JobConversation> updated =
        conversations.stream().map(one -> changes.getOrDefault(one.conversation(), one)).toList();
    return new Chunk(job, number, round, updated, position);
  }

  /** This chunk without these conversations, which turned out not to belong to the job. */
  public Chunk without(Set<ConversationId> dropped) {
    List<JobConversation> kept =
        conversations.stream().filter(one -> !dropped.contains(one.conversation())).toList();
    return new Chunk(job, number, round, kept, position);
  }

  /** Tells whether this conversation may be tried again in a later window. */
  public static boolean isRetriable(JobConversation one) {
    return one.outcome() == Outcome.FAILED && one.reason().filter(Reason::isFinal).isEmpty();
  }
}
