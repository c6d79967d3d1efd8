package conversations.deletion.domain;

/**
 * A place among the conversations of a job, as they lie in its chunks.
 *
 * @param chunk number of the chunk
 * @param index place within it, from 0
 */
public record ConversationPosition(int chunk, int index) {

  /** Before all conversations of a job. */
  public static final ConversationPosition START = new ConversationPosition(1, 0);

  /**
   * @throws IllegalArgumentException if there can be no such place
   */
  public ConversationPosition {
    if (chunk < 1 || index < 0) {
      throw new IllegalArgumentException("place " + index + " of chunk " + chunk);
    }
  }
}
