package conversations.deletion.application.offpeak;

import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done next with the conversations of a chunk. Used by one thread at a time.
 *
 * <p>It holds what one plan holds, or a little more.
 */
final class Step {

  /** More than this makes a chunk's item too large. */
  private static final int MOST_RECORDS = 2 * Chunk.MAX_PLANNED;

  private final List<Work> works = new ArrayList<>();
  private final Map<ConversationId, JobConversation> decided = new LinkedHashMap<>();
  private final Set<ConversationId> dropped = new HashSet<>();
  private int beforeStart;
  private int records;
  private boolean isClosed;

  /** The conversations that are deleted. */
  List<Work> works() {
    return works;
  }

  /** The conversations that are not, or not yet, as they are now. */
  List<JobConversation> decided() {
    return List.copyOf(decided.values());
  }

  /** Takes note of a conversation as it is now. What was decided before no longer holds. */
  void decide(JobConversation conversation) {
    decided.put(conversation.conversation(), conversation);
  }

  /** Takes nothing more: what comes next would not fit, or what was read is getting old. */
  void close() {
    isClosed = true;
  }

  /** Those that turned out not to belong to the job. */
  Set<ConversationId> dropped() {
    return dropped;
  }

  /** One of those that were dropped began before the job's range. */
  void noteBeforeStart() {
    beforeStart++;
  }

  /** How many of those that were dropped began before the job's range. */
  int beforeStart() {
    return beforeStart;
  }

  boolean isEmpty() {
    return works.isEmpty() && decided.isEmpty() && dropped.isEmpty();
  }

  /** Tells whether another plan may be added. */
  boolean hasRoom() {
    return hasRoomBeside(0, 0, 0);
  }

  /**
   * Tells whether there is room for one more conversation.
   *
   * @param later how many of its chunk are left to a later step
   * @param reading how many are being read
   * @param keysOfEach how many keys each of these is expected to have
   */
  boolean hasRoomBeside(int later, int reading, int keysOfEach) {
    int others = works.size() + decided.size() + dropped.size() + later + reading;
    return !isClosed
        && others < Chunk.MAX_CONVERSATIONS
        && records + reading * keysOfEach < Chunk.MAX_PLANNED;
  }

  /** Tells whether this many more records are not too many. */
  boolean fits(int more) {
    return works.isEmpty() || records + more <= MOST_RECORDS;
  }

  void add(Work work, int planned) {
    works.add(work);
    records += planned;
  }
}
