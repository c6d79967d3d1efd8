package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.ConversationReads.IndexPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * The index by which a channel user's conversations are found.
 *
 * <p>Most indexes are asked for all of the channel user's entries, and the moments are compared
 * here: they sort by texts, and texts of moments in a range may stand anywhere. A hundred entries
 * cost about three read units. Where the shape says that keys sort by time, dates bound the query.
 */
final class ConversationIndex {

  /** Sorts behind all that may follow the whole second of a moment, and before the next second. */
  private static final String BEHIND_THE_SECOND = "~";

  private static final String FROM = ":from";
  private static final String TO = ":to";

  private final DynamoDbClient dynamoDb;
  private final RecordsTableShape table;
  private final RecordKeys keys;
  private final String prefix;

  ConversationIndex(DynamoDbClient dynamoDb, RecordsTableShape table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.keys = new RecordKeys(table);
    this.prefix = table.shape().startedAt().prefix();
  }

  /**
   * A page of the entries.
   *
   * @param answered is given each answer
   */
  IndexPage find(
      BotId bot,
      ChannelUserConversations wanted,
      Optional<IndexPosition> after,
      int limit,
      Consumer<QueryResponse> answered) {
    Optional<AttributeValue> user = keys.channelUser(bot, wanted.channelUser());
    if (user.isEmpty()) {
      return new IndexPage(List.of(), 0, Optional.empty());
    }
    QueryResponse response =
        dynamoDb.query(
            request ->
                asking(request, user.get(), wanted)
                    .exclusiveStartKey(
                        after.map(position -> keys.indexKey(user.get(), position)).orElse(null))
                    .limit(limit));
    answered.accept(response);
    List<IndexEntry> entries =
        response.items().stream().flatMap(item -> keys.entry(bot, item).stream()).toList();
    return IndexPage.of(
        entries,
        wanted.range(),
        response.hasLastEvaluatedKey()
            ? Optional.of(keys.position(response.lastEvaluatedKey()))
            : Optional.empty());
  }

  private QueryRequest.Builder asking(
      QueryRequest.Builder request, AttributeValue user, ChannelUserConversations wanted) {
    Map<String, String> names = new HashMap<>(Map.of("#user", table.indexPartitionKey()));
    Map<String, AttributeValue> values = new HashMap<>(bounds(wanted));
    String condition = condition(values);
    if (!values.isEmpty()) {
      names.put("#start", table.indexSortKey());
    }
    values.put(":user", user);
    return request
        .tableName(table.table())
        .indexName(table.index())
        .keyConditionExpression("#user = :user" + condition)
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
  }

  private static String condition(Map<String, AttributeValue> bounds) {
    if (bounds.containsKey(TO)) {
      return bounds.containsKey(FROM) ? " AND #start BETWEEN :from AND :to" : " AND #start <= :to";
    }
    return bounds.containsKey(FROM) ? " AND begins_with(#start, :from)" : "";
  }

  /**
   * Between which keys the entries lie. What began before the range is counted for a job that names
   * no start, so such a job asks for all that lies before its end.
   */
  private Map<String, AttributeValue> bounds(ChannelUserConversations wanted) {
    DateRange range = wanted.range();
    Map<String, AttributeValue> bounds = new HashMap<>();
    if (wanted.hasDefaultStart()) {
      if (!prefix.isEmpty()) {
        bounds.put(FROM, s(prefix));
      }
    } else {
      lowest(range.from()).ifPresent(key -> bounds.put(FROM, key));
    }
    highest(range.to()).ifPresent(key -> bounds.put(TO, key));
    return bounds;
  }

  private Optional<AttributeValue> lowest(Instant from) {
    return switch (sorted()) {
      case UTC -> Optional.of(s(prefix + second(from)));
      case SECONDS -> Optional.of(Attributes.n(from.getEpochSecond()));
      case MILLIS -> Optional.of(Attributes.n(from.toEpochMilli()));
      default -> prefix.isEmpty() ? Optional.empty() : Optional.of(s(prefix));
    };
  }

  private Optional<AttributeValue> highest(Instant to) {
    return switch (sorted()) {
      case UTC -> Optional.of(s(prefix + second(to) + BEHIND_THE_SECOND));
      // Up to the next whole number: a key may have parts of it, and moments are compared after.
      case SECONDS -> Optional.of(Attributes.n(to.getEpochSecond() + 1));
      case MILLIS -> Optional.of(Attributes.n(to.toEpochMilli() + 1));
      default -> Optional.empty();
    };
  }

  /** What the keys sort by, if it comes first in them; else {@link Placeholder#ANY}. */
  private Placeholder sorted() {
    Placeholder start = table.shape().start();
    return table.shape().startedAt().beginsWith(start) ? start : Placeholder.ANY;
  }

  private static String second(Instant moment) {
    String text = moment.truncatedTo(ChronoUnit.SECONDS).toString();
    return text.substring(0, text.length() - 1);
  }
}
