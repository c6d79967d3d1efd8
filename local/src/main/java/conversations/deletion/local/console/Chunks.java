package conversations.deletion.local.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the conversations of a job or a preview, which are packed many to an item. */
final class Chunks {

  private static final String SUBMITTED = "submittedAt";
  private static final String CONVERSATIONS = "conversations";
  private static final String CHUNK = "chunk";

  /**
   * The conversations of one item of the table.
   *
   * @param conversations the entry of each; what can't be one is there too, as it is
   * @param next where the next part begins; null if this was the last
   */
  record Part(List<ItemView> conversations, String next) {}

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String owner;
  private final int first;

  /**
   * @param owner the attribute that names the job or the preview
   * @param first the number of the first chunk that has such conversations
   */
  Chunks(DynamoDbClient dynamoDb, String table, String owner, int first) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.owner = owner;
    this.first = first;
  }

  /**
   * Those of its conversations that one item holds.
   *
   * @param item of the job or the preview; empty if there is none
   * @param from where the part before this one ended
   * @throws IllegalArgumentException if that is no place
   */
  Part part(String id, Map<String, AttributeValue> item, Optional<String> from) {
    List<ItemView> entries = new ArrayList<>();
    String place = from.map(Integer::valueOf).orElse(first - 1).toString();
    do {
      List<Map<String, AttributeValue>> chunks = twoChunksAfter(id, place);
      chunks.stream()
          .limit(1)
          .filter(chunk -> isOf(item, chunk))
          .flatMap(Chunks::entries)
          .map(ItemView::of)
          .forEach(entries::add);
      place = chunks.size() > 1 ? chunks.getFirst().get(CHUNK).n() : null;
    } while (entries.isEmpty() && place != null);
    return new Part(entries, place);
  }

  /** The entries of all its conversations. */
  Stream<Map<String, AttributeValue>> all(String id, Map<String, AttributeValue> item) {
    return dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("#owner = :id AND chunk >= :first")
                    .expressionAttributeNames(Map.of("#owner", owner))
                    .expressionAttributeValues(
                        Map.of(
                            ":id", AttributeValue.fromS(id),
                            ":first", AttributeValue.fromN(Integer.toString(first))))
                    .consistentRead(true))
        .items()
        .stream()
        .filter(chunk -> isOf(item, chunk))
        .flatMap(Chunks::entries);
  }

  /** The second tells whether more follows. */
  private List<Map<String, AttributeValue>> twoChunksAfter(String id, String place) {
    return dynamoDb
        .query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("#owner = :id AND chunk > :place")
                    .expressionAttributeNames(Map.of("#owner", owner))
                    .expressionAttributeValues(
                        Map.of(
                            ":id", AttributeValue.fromS(id),
                            ":place", AttributeValue.fromN(place)))
                    .consistentRead(true)
                    .limit(2))
        .items();
  }

  /** One whose id was used before may still have that one's conversations beside its own. */
  private static boolean isOf(Map<String, AttributeValue> item, Map<String, AttributeValue> chunk) {
    return !item.containsKey(SUBMITTED)
        || !chunk.containsKey(SUBMITTED)
        || item.get(SUBMITTED).equals(chunk.get(SUBMITTED));
  }

  private static Stream<Map<String, AttributeValue>> entries(Map<String, AttributeValue> chunk) {
    AttributeValue conversations = chunk.get(CONVERSATIONS);
    return conversations == null || !conversations.hasL()
        ? Stream.of(chunk)
        : conversations.l().stream().map(Chunks::entry);
  }

  private static Map<String, AttributeValue> entry(AttributeValue conversation) {
    return conversation.hasM() ? conversation.m() : Map.of(CONVERSATIONS, conversation);
  }
}
