package conversations.deletion.local.simulation;

import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.PlatformTable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * How public examples of single tables keep conversations, and the {@code RecordsShape} for each.
 *
 * <p>In keys {@code <c>} is the conversation, {@code <u>} the channel user, {@code <t>} a moment
 * and {@code <n>} the number of a record. The bot is {@value #BOT}.
 */
enum PlatformShape {
  /**
   * A pattern for chats: participants lead the index to the conversation, and messages sort by a
   * ULID. https://singletable.dev/blog/pattern-chat-messaging
   */
  PARTICIPANTS(
      "conversation=CONVO#{conversationId} bot=st-1 user=USER#{cId}"
          + " headerKey=PARTICIPANT#{cId} cId=PARTICIPANT#{cId} startedAt={utc}",
      new Keys("CONVO#<c>", "PARTICIPANT#<u>", "MSG#01J<n>", "USER#<u>", "<t>"),
      Map.of("createdAt", "<t>"),
      List.of()),
  /**
   * Moments in sort keys, and in no attribute. https://github.com/ktei-mimir/mimir-api, in
   * design/schema.md; the index by user is ours.
   */
  MOMENTS_IN_KEYS(
      "conversation=CONVERSATION#{conversationId} bot=st-1 user=USER#{cId}"
          + " headerKey=CONVERSATION#{moment} createdAt=MESSAGE#{moment}#{any}"
          + " startedAt=CONVERSATION#{utc}",
      new Keys(
          "CONVERSATION#<c>",
          "CONVERSATION#<t>",
          "MESSAGE#<t>#<n>",
          "USER#<u>",
          "CONVERSATION#<t>"),
      Map.of(),
      List.of()),
  /** Rooms: {@code meta} beside moments. The chat room of aws-samples/aws-dynamodb-examples. */
  ROOMS(
      "conversation=Room:{conversationId} bot=st-1 user=User:{cId} headerKey=meta"
          + " createdAt={moment}#{any} startedAt={moment}",
      new Keys("Room:<c>", "meta", "<t>#<n>", "User:<u>", "<t>"),
      Map.of(),
      List.of()),
  /**
   * Many tenants and kinds of items in one table and one index: a header that repeats the
   * partition's id, as in "The DynamoDB Book" and the examples made after it.
   */
  TENANTS(
      "conversation=BOT#{botId}#CONV#{conversationId} user=USER#{cId}#{botId} records=CONV#,MSG#"
          + " headerKey=CONV#{conversationId} createdAt=ts cId=userId startedAt=CONV#{utc}",
      new Keys("BOT#st-1#CONV#<c>", "CONV#<c>", "MSG#<t>#<n>", "USER#<u>#st-1", "CONV#<t>"),
      Map.of("ts", "<t>", "userId", "<u>"),
      List.of(
          Map.of("key", "BOT#st-1#CONV#c-1", "name", "BILLING#2026-05"),
          Map.of("key", "BOT#st-1#CONV#c-1", "name", "AUDIT#1"),
          Map.of("key", "ORDER#1", "name", "ORDER#1", "user", "USER#u-1#st-1", "date", "ORDER#1"))),
  /** Numbers for moments, in the index too, as the "inbox" examples have them. */
  NUMBERS(
      "conversation={botId}/{conversationId} user={botId}/{cId} header=Session"
          + " recordType=entityType createdAt=timestamp cId=userId startedAt={millis}",
      new Keys("st-1/<c>", "info", "msg-<n>", "st-1/<u>", "<ms>"),
      Map.of("timestamp", "<ms>", "userId", "<u>", "entityType", "Session"),
      List.of(Map.of("key", "st-1", "name", "settings")));

  static final String BOT = "st-1";

  private final String text;
  private final Keys keys;
  private final Map<String, String> attributes;
  private final List<Map<String, String>> others;

  /** The keys of a header and of other records. */
  private record Keys(
      String partition, String header, String message, String indexPartition, String indexSort) {}

  /**
   * @param attributes of headers; other records have them too, but what only a header has
   * @param others items that are no conversation's records
   */
  PlatformShape(
      String text, Keys keys, Map<String, String> attributes, List<Map<String, String>> others) {
    this.text = text;
    this.keys = keys;
    this.attributes = attributes;
    this.others = others;
  }

  PlatformTable create(DynamoDbClient dynamoDb) {
    PlatformTable table =
        PlatformTable.create(
            dynamoDb, text, this == NUMBERS ? ScalarAttributeType.N : ScalarAttributeType.S);
    table.write(
        others.stream()
            .map(
                other -> {
                  Map<String, AttributeValue> item = new HashMap<>();
                  other.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
                  return item;
                })
            .toList());
    return table;
  }

  /** A conversation with so many records beside its header. */
  List<Map<String, AttributeValue>> conversation(
      String conversation, String user, Instant start, int messages) {
    Stream<Map<String, AttributeValue>> header =
        Stream.of(
            item(conversation, user, start, 0, keys.header, keys.indexPartition, keys.indexSort));
    return Stream.concat(
            header,
            IntStream.rangeClosed(1, messages)
                .mapToObj(
                    n -> item(conversation, user, start.plusSeconds(n), n, keys.message, "", "")))
        .toList();
  }

  private Map<String, AttributeValue> item(
      String conversation,
      String user,
      Instant moment,
      int number,
      String sortKey,
      String indexPartition,
      String indexSort) {
    Map<String, String> texts = new HashMap<>(attributes);
    if (number > 0) {
      texts.keySet().removeAll(List.of("userId", "entityType"));
    }
    texts.put("key", keys.partition);
    texts.put("name", sortKey);
    if (!indexPartition.isEmpty()) {
      texts.put("user", indexPartition);
      texts.put("date", indexSort);
    }
    Map<String, AttributeValue> item = new HashMap<>();
    texts.forEach(
        (name, template) -> {
          String value =
              template
                  .replace("<c>", conversation)
                  .replace("<u>", user)
                  .replace("<t>", Timestamps.format(moment))
                  .replace("<ms>", String.valueOf(moment.toEpochMilli()))
                  .replace("<n>", "%03d".formatted(number));
          item.put(
              name,
              template.equals("<ms>") ? AttributeValue.fromN(value) : AttributeValue.fromS(value));
        });
    return item;
  }
}
