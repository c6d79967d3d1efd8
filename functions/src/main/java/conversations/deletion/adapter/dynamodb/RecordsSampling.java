package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.string;

import conversations.deletion.domain.BotId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Looks at some keys of the table and of its index, to tell whether they are of its shape.
 *
 * <p>It reads keys alone. A page of {@value #PAGE} items, and of no more than DynamoDB's 1 MB,
 * takes 128 read units at most. Only where nothing fits it reads on, for {@value #MOST_PAGES} pages
 * in all: partitions lie in the order of a hash, so a page has items of many kinds.
 */
public final class RecordsSampling {

  private static final int PAGE = 500;
  private static final int MOST_PAGES = 5;

  private final DynamoDbClient dynamoDb;
  private final RecordsTableShape table;

  public RecordsSampling(DynamoDbClient dynamoDb, RecordsTableShape table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Takes a sample. */
  public RecordsSample take() {
    RecordsShape shape = table.shape();
    return new RecordsSample(
        part(
            Optional.empty(),
            table.partitionKey(),
            shape.conversation(),
            item -> isOfRecord(string(item, table.sortKey()))),
        part(
            Optional.of(table.index()),
            table.indexPartitionKey(),
            shape.user(),
            entry ->
                table.startedAt().text(entry).isPresent()
                    && isOfHeader(string(entry, table.sortKey()))
                    && isOfOneBot(entry)));
  }

  private boolean isOfRecord(String sortKey) {
    List<String> beginnings = table.shape().sortKeys();
    return beginnings.isEmpty() || beginnings.stream().anyMatch(sortKey::startsWith);
  }

  /** A header with another sort key is never read, or is not known for one. */
  private boolean isOfHeader(String sortKey) {
    return isOfRecord(sortKey)
        && switch (table.shape().header()) {
          case HeaderMark.OfType _ -> true;
          case HeaderMark.OfSortKey(KeyTemplate template) -> template.read(sortKey).isPresent();
        };
  }

  /** An entry leads from a channel user to a conversation of the same bot. */
  private boolean isOfOneBot(Map<String, AttributeValue> entry) {
    Optional<String> usersBot =
        table
            .shape()
            .user()
            .read(string(entry, table.indexPartitionKey()))
            .map(ids -> ids.get(Placeholder.BOT));
    return table
        .shape()
        .conversation()
        .readPlain(string(entry, table.partitionKey()))
        .filter(ids -> usersBot.isEmpty() || isOf(usersBot.get(), ids))
        .isPresent();
  }

  private boolean isOf(String bot, Map<Placeholder, String> ids) {
    return table
        .shape()
        .bot()
        .map(BotId::value)
        .orElseGet(() -> ids.get(Placeholder.BOT))
        .equals(bot);
  }

  private RecordsSample.Part part(
      Optional<String> index,
      String attribute,
      KeyTemplate template,
      Predicate<Map<String, AttributeValue>> isElseOfTheShape) {
    int seen = 0;
    int fitting = 0;
    Set<String> ids = new HashSet<>();
    Optional<RecordsSample.Reading> example = Optional.empty();
    Optional<String> misfit = Optional.empty();
    Map<String, AttributeValue> after = Map.of();
    for (int page = 0;
        page < MOST_PAGES && fitting == 0 && (page == 0 || !after.isEmpty());
        page++) {
      ScanResponse response = scan(index, after);
      for (Map<String, AttributeValue> item : response.items()) {
        seen++;
        String key = string(item, attribute);
        Optional<Map<Placeholder, String>> read =
            template.readPlain(key).filter(_ -> isElseOfTheShape.test(item));
        if (read.isEmpty()) {
          misfit = misfit.or(() -> Optional.of(described(item)));
          continue;
        }
        fitting++;
        ids.add(key);
        example = example.or(() -> Optional.of(reading(template, key, read.get())));
      }
      after = response.lastEvaluatedKey();
    }
    return new RecordsSample.Part(seen, fitting, ids.size(), example, misfit);
  }

  private ScanResponse scan(Optional<String> index, Map<String, AttributeValue> after) {
    ScanRequest.Builder request =
        ScanRequest.builder()
            .tableName(table.table())
            .limit(PAGE)
            // The role may scan keys alone, which IAM tells by this.
            .select(Select.SPECIFIC_ATTRIBUTES)
            .exclusiveStartKey(after.isEmpty() ? null : after);
    if (index.isEmpty()) {
      request
          .projectionExpression("#pk, #sk")
          .expressionAttributeNames(Map.of("#pk", table.partitionKey(), "#sk", table.sortKey()));
    } else {
      request
          .indexName(index.get())
          .projectionExpression("#pk, #sk, #ipk, #isk")
          .expressionAttributeNames(
              Map.of(
                  "#pk", table.partitionKey(),
                  "#sk", table.sortKey(),
                  "#ipk", table.indexPartitionKey(),
                  "#isk", table.indexSortKey()));
    }
    return dynamoDb.scan(request.build());
  }

  /** The keys of an item, as {@code pk=USER#1 sk=PROFILE}. */
  private String described(Map<String, AttributeValue> item) {
    return Stream.of(
            table.indexPartitionKey(), table.indexSortKey(), table.partitionKey(), table.sortKey())
        .filter(item::containsKey)
        .map(name -> name + "=" + text(item.get(name)))
        .collect(Collectors.joining(" "));
  }

  private static String text(AttributeValue key) {
    return key.s() == null ? key.n() : key.s();
  }

  private static RecordsSample.Reading reading(
      KeyTemplate template, String key, Map<Placeholder, String> read) {
    return new RecordsSample.Reading(
        key,
        read.entrySet().stream()
            .map(id -> id.getKey().word() + "=" + id.getValue())
            .collect(Collectors.joining(" ")),
        template.make(read).orElse(""));
  }
}
