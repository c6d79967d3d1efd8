package conversations.deletion.local.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.template.TableDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads one table, a page at a time, with consistent reads. */
final class TableBrowser {

  private static final int PAGE = 25;

  /** The most items that are examined for one page. Most of them may not contain the text. */
  private static final int MOST_EXAMINED = 2_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What to find.
   *
   * @param partition a whole partition key
   * @param text text that an item contains; upper and lower case are the same
   * @param from where the previous page ended
   */
  record Search(Optional<String> partition, Optional<String> text, Optional<String> from) {}

  /**
   * An item of a page.
   *
   * @param place by which to ask for the whole item
   */
  record Entry(@JsonUnwrapped ItemView view, String place) {}

  /**
   * One page of the items found.
   *
   * @param next where the next page begins; null if this was the last
   */
  record Page(List<Entry> items, int examined, String next) {}

  private record Batch(
      List<Map<String, AttributeValue>> items, Map<String, AttributeValue> lastKey) {}

  private final DynamoDbClient dynamoDb;
  private final TableDefinition table;

  TableBrowser(DynamoDbClient dynamoDb, TableDefinition table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * The next items that match. A page has few or none if many items don't match.
   *
   * @throws IllegalArgumentException if the search names a place that is not in this table
   */
  Page page(Search search) {
    ArrayList<Entry> found = new ArrayList<>();
    int examined = 0;
    Map<String, AttributeValue> start = search.from().map(this::key).orElse(null);
    do {
      Batch batch = batch(search.partition(), start);
      for (Map<String, AttributeValue> item : batch.items()) {
        examined++;
        ItemView view = ItemView.of(item);
        if (search.text().map(view::holds).orElse(true)) {
          found.add(new Entry(view.shortened(), place(item)));
        }
        if (found.size() == PAGE) {
          return new Page(found, examined, place(item));
        }
      }
      start = batch.lastKey();
    } while (!start.isEmpty() && examined < MOST_EXAMINED);
    return new Page(found, examined, start.isEmpty() ? null : place(start));
  }

  /**
   * The whole item at a place; empty if it is gone.
   *
   * @throws IllegalArgumentException if that is no place in this table
   */
  Optional<ItemView> item(String place) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(get -> get.tableName(table.name()).key(key(place)).consistentRead(true))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(ItemView.of(item));
  }

  private Batch batch(Optional<String> partition, Map<String, AttributeValue> start) {
    if (partition.isPresent()) {
      String hash = table.keys().getFirst().attribute();
      QueryResponse answer =
          dynamoDb.query(
              query ->
                  query
                      .tableName(table.name())
                      .keyConditionExpression("#hash = :hash")
                      .expressionAttributeNames(Map.of("#hash", hash))
                      .expressionAttributeValues(Map.of(":hash", keyValue(hash, partition.get())))
                      .exclusiveStartKey(start)
                      .consistentRead(true)
                      .limit(PAGE * 4));
      return new Batch(answer.items(), answer.lastEvaluatedKey());
    }
    ScanResponse answer =
        dynamoDb.scan(
            scan ->
                scan.tableName(table.name())
                    .exclusiveStartKey(start)
                    .consistentRead(true)
                    .limit(PAGE * 4));
    return new Batch(answer.items(), answer.lastEvaluatedKey());
  }

  /** The values of an item's key, as text that fits in a URL. */
  private String place(Map<String, AttributeValue> item) {
    List<String> values =
        table.keys().stream()
            .map(key -> item.get(key.attribute()))
            .map(value -> value.s() != null ? value.s() : value.n())
            .toList();
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(values));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, AttributeValue> key(String place) {
    try {
      List<String> values =
          JSON.readValue(
              Base64.getUrlDecoder().decode(place), new TypeReference<List<String>>() {});
      if (values.size() != table.keys().size()) {
        throw new IllegalArgumentException("not a place in this table");
      }
      HashMap<String, AttributeValue> key = new HashMap<String, AttributeValue>();
      for (int i = 0; i < values.size(); i++) {
        String attribute = table.keys().get(i).attribute();
        key.put(attribute, keyValue(attribute, values.get(i)));
      }
      return key;
    } catch (IOException e) {
      throw new IllegalArgumentException("not a place in this table", e);
    }
  }

  private AttributeValue keyValue(String attribute, String value) {
    return table.attributes().get(attribute).equals("N")
        ? AttributeValue.fromN(value)
        : AttributeValue.fromS(value);
  }
}
