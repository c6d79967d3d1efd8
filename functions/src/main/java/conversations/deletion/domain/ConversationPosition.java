package conversations.deletion.domain;

/**
 * A place in the list of a job's conversations, in the order of its chunks.
 *
 * @param chunk number of the chunk
 * @param index place within it, from 0
 */
public record ConversationPosition(int chunk, int index) {

  /** Before all conversations of a job. */
  public static final ConversationPosition START = new ConversationPosition(1, 0);

  /**
   * @throws IllegalArgumentException if the chunk is below 1 or the index below 0
   */
  public ConversationPosition {
    if (chunk < 1 || index < 0) {
      throw new IllegalArgumentException("no such place: index " + index + " of chunk " + chunk);
    }
  }
}
