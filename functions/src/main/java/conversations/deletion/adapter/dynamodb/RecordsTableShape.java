package conversations.deletion.adapter.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of the table of conversation records, of its index, and of their key attributes, and
 * how the platform writes them.
 *
 * @param table the name of the table
 * @param partitionKey tells the conversation
 * @param sortKey tells a conversation's records apart
 * @param index the name of the index, which has the session headers alone
 * @param indexPartitionKey tells the channel user
 * @param indexSortKey holds when the conversation started
 * @param shape what is written there
 */
public record RecordsTableShape(
    String table,
    String partitionKey,
    String sortKey,
    String index,
    String indexPartitionKey,
    String indexSortKey,
    RecordsShape shape) {

  public static final String PARTITION_KEY = "conversationKey";
  public static final String SORT_KEY = "recordKey";
  public static final String INDEX = "ConversationsByChannelUser";
  public static final String INDEX_PARTITION_KEY = "channelUserKey";
  public static final String INDEX_SORT_KEY = "startedAt";

  /** DynamoDB's rule for names of tables and indexes. An ARN is not such a name. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  /** The most bytes that the name of a key attribute may have in DynamoDB. */
  private static final int MAX_ATTRIBUTE_LENGTH = 255;

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if names break DynamoDB's rules, or two key attributes have
   *     the same name; its message names all faults
   */
  public RecordsTableShape {
    List<String> faults = new ArrayList<>();
    requireName("table", table, faults);
    requireName("index", index, faults);
    List<String> keys = List.of(partitionKey, sortKey, indexPartitionKey, indexSortKey);
    for (String key : keys) {
      if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > MAX_ATTRIBUTE_LENGTH) {
        faults.add("'" + key + "' is not a valid name of a key attribute");
      }
    }
    if (Set.copyOf(keys).size() < keys.size()) {
      faults.add("two of the key attributes " + keys + " have the same name");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join(", ", faults));
    }
  }

  /** A table with the names of this service's own table. */
  public static RecordsTableShape ofOwn(String table) {
    return new RecordsTableShape(
        table, PARTITION_KEY, SORT_KEY, INDEX, INDEX_PARTITION_KEY, INDEX_SORT_KEY);
  }

  /** A table with names of its own, whose keys are written as in this service's own table. */
  public RecordsTableShape(
      String table,
      String partitionKey,
      String sortKey,
      String index,
      String indexPartitionKey,
      String indexSortKey) {
    this(table, partitionKey, sortKey, index, indexPartitionKey, indexSortKey, RecordsShape.OWN);
  }

  /** Where the records tell their type. */
  FieldPlace recordType() {
    return place(shape.fields().recordType(), Placeholder.TYPE);
  }

  /** Where the records tell when they were made. */
  FieldPlace createdAt() {
    return place(shape.fields().createdAt(), Placeholder.MOMENT);
  }

  /** Where the header tells its channel user. */
  FieldPlace channelUser() {
    return place(shape.fields().channelUser(), Placeholder.CHANNEL_USER);
  }

  /** Where the header, and its entry in the index, tells when the conversation started. */
  FieldPlace startedAt() {
    return new FieldPlace.InKey(indexSortKey, shape.startedAt(), shape.start());
  }

  private FieldPlace place(String field, Placeholder part) {
    return field.indexOf('{') < 0
        ? new FieldPlace.InAttribute(field)
        : new FieldPlace.InKey(sortKey, new KeyTemplate(field), part);
  }

  private static void requireName(String what, String name, List<String> faults) {
    if (!NAME.matcher(name).matches()) {
      faults.add("'" + name + "' is not a valid name of a DynamoDB " + what);
    }
  }
}
