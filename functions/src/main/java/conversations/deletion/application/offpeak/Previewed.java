package conversations.deletion.application.offpeak;

import conversations.deletion.application.concurrent.Lanes;
import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.PreviewLists;
import conversations.deletion.domain.DeletionTarget.PreviewedConversations;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.PreviewConversation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Deletes the conversations that a preview lists, chunk after chunk.
 *
 * <p>Invariant: each chunk of the list, in order, becomes a chunk of the job with all its
 * conversations. So how many filled chunks the job has tells how far it has taken the list over,
 * and it touches no conversation that is not listed.
 */
public final class Previewed {

  private final PreviewLists lists;
  private final ConversationReader reader;
  private final ConversationEraser eraser;
  private final InHand inHand;

  public Previewed(
      PreviewLists lists, ConversationReader reader, ConversationEraser eraser, InHand inHand) {
    this.lists = lists;
    this.reader = reader;
    this.eraser = eraser;
    this.inHand = inHand;
  }

  /** Takes over what is left of the list, and deletes it. */
  void eraseAll(JobProgress progress, Lanes lanes, PreviewedConversations listed) {
    HeldLease lease = progress.lease();
    Consistency firstLook = lease.lease().isFirst() ? Consistency.EVENTUAL : Consistency.STRONG;
    while (progress.filledChunks() < listed.chunks()) {
      progress.tellNews();
      lanes.awaitFree();
      lease.keepAlive();
      if (lease.isCancelRequested()) {
        break;
      }
      lease.requireTimeToDelete();
      erase(progress, lanes, next(progress, listed), firstLook);
    }
    lanes.join();
  }

  /** The conversations of the next chunk of the list, of which nothing was done yet. */
  private List<JobConversation> next(JobProgress progress, PreviewedConversations listed) {
    int number = progress.filledChunks() + 1;
    return progress
        .lease()
        .insist(() -> lists.find(listed.id(), number))
        .orElseThrow(() -> new IllegalStateException("chunk " + number + " of the list is gone"))
        .conversations()
        .stream()
        .map(PreviewConversation::conversation)
        .map(JobConversation::pending)
        .toList();
  }

  private void erase(
      JobProgress progress, Lanes lanes, List<JobConversation> listed, Consistency firstLook) {
    Hand hand = inHand.open(progress.lease().job());
    try {
      Deque<JobConversation> unread = new ArrayDeque<>(listed);
      Step step = Reading.ofNew(progress, hand, reader, unread, firstLook).gather();
      OpenChunk chunk = OpenChunk.ofNew(progress, listed, Optional.empty());
      chunk.store(step);
      lanes.run(
          () -> {
            try (hand) {
              eraser.eraseShort(chunk, step, hand, firstLook);
            }
          });
    } catch (RuntimeException | Error e) {
      hand.close();
      throw e;
    }
  }
}
