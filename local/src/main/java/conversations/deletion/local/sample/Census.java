package conversations.deletion.local.sample;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
   */
  public record Conversation(
      String botId,
      String conversationId,
      Optional<String> cId,
      SortedMap<String, String> fingerprints) {

    public int records() {
      return fingerprints.size();
    }
  }

  /** Reads the whole table with strongly consistent reads. */
  public static Census take(DynamoDbClient dynamoDb, String recordsTable) {
    SortedMap<String, Conversation> conversations = new TreeMap<>();
    dynamoDb
        .scanPaginator(scan -> scan.tableName(recordsTable).consistentRead(true))
        .items()
        .forEach(item -> count(item, conversations));
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

  /**
   * Compares a later census with what it should be: the conversations asked for are gone, and
   * everything else is as it was, byte for byte.
   *
   * @param asked the keys ({@code botId#conversationId}) of the conversations that were to be
   *     deleted
   */
  public CensusComparison compare(Census after, Collection<String> asked) {
    return CensusComparison.of(this, after, asked);
  }

  private static void count(
      Map<String, AttributeValue> item, SortedMap<String, Conversation> conversations) {
    Optional<String> cId = Optional.ofNullable(item.get("cId")).map(AttributeValue::s);
    conversations.merge(
        item.get("conversationKey").s(),
        new Conversation(
            item.get("botId").s(),
            item.get("conversationId").s(),
            cId,
            new TreeMap<>(Map.of(item.get("recordKey").s(), Fingerprint.of(item)))),
        Census::joined);
  }

  private static Conversation joined(Conversation one, Conversation other) {
    one.fingerprints().putAll(other.fingerprints());
    return new Conversation(
        one.botId(), one.conversationId(), one.cId().or(other::cId), one.fingerprints());
  }
}
