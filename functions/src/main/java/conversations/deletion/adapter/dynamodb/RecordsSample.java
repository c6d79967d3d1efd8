package conversations.deletion.adapter.dynamodb;

import java.util.Map;
import java.util.Optional;

/**
 * What was understood of some items of the table and some entries of its index.
 *
 * @param items of the table
 * @param entries of the index
 */
public record RecordsSample(Part items, Part entries) {

  /** How many there were, by name, and nothing of what they are. */
  public Map<String, Integer> counts() {
    return Map.of(
        "items", items.seen,
        "itemsOfTheShape", items.fitting,
        "conversations", items.ids,
        "entries", entries.seen,
        "entriesOfTheShape", entries.fitting,
        "channelUsers", entries.ids);
  }

  /**
   * What was understood of some keys.
   *
   * @param seen how many were looked at
   * @param fitting how many of these are of the shape
   * @param ids how many conversations, or channel users, these name
   * @param example one of these, read backwards, and made anew of what was read
   * @param misfit one that is not of the shape
   */
  public record Part(
      int seen, int fitting, int ids, Optional<Reading> example, Optional<String> misfit) {

    /** Tells whether there is something, and none of it is of the shape. */
    public boolean fitsNothing() {
      return seen > 0 && fitting == 0;
    }
  }

  /**
   * A key, and what was read of it.
   *
   * @param read the ids, as {@code botId=st-1 conversationId=c-1}
   * @param made the key that is made of these ids
   */
  public record Reading(String key, String read, String made) {}
}
