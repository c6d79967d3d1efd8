package conversations.deletion.adapter.dynamodb;

import conversations.deletion.domain.BotId;
import java.util.List;
import java.util.Optional;

/**
 * How a platform writes keys and attributes of conversation records.
 *
 * @param conversation of the table's partition key
 * @param user of the index's partition key
 * @param bot whose records the table has; absent if keys name the bot
 * @param sortKeys what the sort keys of a conversation's records begin with, in the order of keys;
 *     none if all that has the partition key is the conversation's
 * @param header what tells the session header
 * @param startedAt of the index's sort key
 * @param fields where records tell what else is read of them
 */
public record RecordsShape(
    KeyTemplate conversation,
    KeyTemplate user,
    Optional<BotId> bot,
    List<String> sortKeys,
    HeaderMark header,
    KeyTemplate startedAt,
    Fields fields) {

  /** That of this service's own table. */
  public static final RecordsShape OWN = parse("");

  /**
   * What else is read of records, each the name of an attribute, or a template of the sort key.
   *
   * @param recordType of every record
   * @param createdAt of every record
   * @param channelUser of the header
   */
  record Fields(String recordType, String createdAt, String channelUser) {}

  /**
   * Reads a shape: words of the form {@code name=value} with spaces between them. A name that is
   * missing has the value of this service's own table. {@code docs/own-records.md} explains them.
   *
   * @throws IllegalArgumentException if it is wrong; its message names all faults, each with its
   *     place
   */
  public static RecordsShape parse(String text) {
    return new ShapeText(text).read();
  }

  /** Where the start stands in the index's sort key. */
  Placeholder start() {
    return startedAt.placeholders().stream()
        .filter(one -> one != Placeholder.ANY)
        .findFirst()
        .orElseThrow();
  }

  /** Tells whether the index's sort key is a number. */
  boolean isStartANumber() {
    return startedAt.has(Placeholder.SECONDS) || startedAt.has(Placeholder.MILLIS);
  }
}
