package conversations.deletion.local.sample;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every record of the records table at one time, by conversation key. It is correct only if nothing
 * was written while it was taken.
 */
public record Census(SortedMap<String, Conversation> conversations) {

  /**
   * The records of one conversation.
   *
   * @param cId the channel user, if the conversation has its session header
   * @param fingerprints a hash of each whole record, by record key
   * @param retained the keys of those that stay when the conversation is deleted
   */
  public record Conversation(
      Optional<String> cId, SortedMap<String, String> fingerprints, SortedSet<String> retained) {

    public int records() {
      return fingerprints.size();
    }
  }

  /**
   * What a platform calls the attributes that a census looks at.
   *
   * @param retainedTypes types of records that stay when their conversation is deleted
   */
  public record Columns(
      String partitionKey,
      String sortKey,
      String recordType,
      String cId,
      Set<String> retainedTypes) {

    private static final Columns OWN =
        new Columns("conversationKey", "recordKey", "recordType", "cId", Set.of());
  }

  /** Reads the whole of this service's own table with strongly consistent reads. */
  public static Census take(DynamoDbClient dynamoDb, String recordsTable) {
    return take(dynamoDb, recordsTable, Columns.OWN);
  }

  /** Reads the whole of a platform's table with strongly consistent reads. */
  public static Census take(DynamoDbClient dynamoDb, String recordsTable, Columns columns) {
    SortedMap<String, Conversation> conversations = new TreeMap<>();
    dynamoDb
        .scanPaginator(scan -> scan.tableName(recordsTable).consistentRead(true))
        .items()
        .forEach(
            item ->
                conversations.merge(
                    item.get(columns.partitionKey()).s(), read(item, columns), Census::joined));
    return new Census(conversations);
  }

  public int records() {
    return conversations.values().stream().mapToInt(Conversation::records).sum();
  }

  /** The records of one conversation, 0 if it is not there. */
  public int records(String conversationKey) {
    Conversation conversation = conversations.get(conversationKey);
    return conversation == null ? 0 : conversation.records();
  }

  /** Those of them that stay when the conversation is deleted. */
  public int retained(String conversationKey) {
    Conversation conversation = conversations.get(conversationKey);
    return conversation == null ? 0 : conversation.retained().size();
  }

  /**
   * Compares a later census with what it should be: the conversations asked for are gone but for
   * what is retained, and everything else is as it was, byte for byte.
   *
   * @param asked the partition keys of the conversations that were to be deleted
   */
  public CensusComparison compare(Census after, Collection<String> asked) {
    Set<String> askedKeys = Set.copyOf(asked);
    return CensusComparison.of(
        "records",
        fingerprints(),
        after.fingerprints(),
        (key, recordKey) ->
            askedKeys.contains(key)
                && !(conversations.containsKey(key)
                    && conversations.get(key).retained().contains(recordKey)));
  }

  private SortedMap<String, SortedMap<String, String>> fingerprints() {
    SortedMap<String, SortedMap<String, String>> fingerprints = new TreeMap<>();
    conversations.forEach(
        (key, conversation) -> fingerprints.put(key, conversation.fingerprints()));
    return fingerprints;
  }

  private static Conversation read(Map<String, AttributeValue> item, Columns columns) {
    String recordKey = item.get(columns.sortKey()).s();
    AttributeValue type = item.get(columns.recordType());
    boolean stays = type != null && columns.retainedTypes().contains(type.s());
    return new Conversation(
        Optional.ofNullable(item.get(columns.cId())).map(AttributeValue::s),
        new TreeMap<>(Map.of(recordKey, Fingerprint.of(item))),
        new TreeSet<>(stays ? Set.of(recordKey) : Set.of()));
  }

  private static Conversation joined(Conversation one, Conversation other) {
    one.fingerprints().putAll(other.fingerprints());
    one.retained().addAll(other.retained());
    return new Conversation(one.cId().or(other::cId), one.fingerprints(), one.retained());
  }
}
