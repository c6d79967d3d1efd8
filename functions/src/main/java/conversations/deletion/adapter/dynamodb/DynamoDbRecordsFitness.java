package conversations.deletion.adapter.dynamodb;

import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.StoreFitness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Checks the description of the table of conversation records, tries to read from the table, and
 * looks whether what is in it is of its shape.
 *
 * <p>It does not matter which attributes the index has beside its keys. Only the keys are read from
 * it, and every index has those.
 */
public final class DynamoDbRecordsFitness implements StoreFitness {

  /** A table can be read and written while its capacity or another index is being changed. */
  private static final Set<TableStatus> USABLE_TABLES =
      Set.of(TableStatus.ACTIVE, TableStatus.UPDATING);

  private static final Set<IndexStatus> USABLE_INDEXES =
      Set.of(IndexStatus.ACTIVE, IndexStatus.UPDATING);

  /** Whatever it may be the key of, nothing is done with what it finds. */
  private static final String ANY_CONVERSATION = "-";

  private final DynamoDbClient dynamoDb;
  private final RecordsTableShape shape;
  private final Outages outages;
  private final Consumer<RecordsSample> sampled;

  /**
   * Checks a table of this shape.
   *
   * @param sampled is told what was understood of the keys that were looked at
   */
  public DynamoDbRecordsFitness(
      DynamoDbClient dynamoDb,
      RecordsTableShape shape,
      Outages outages,
      Consumer<RecordsSample> sampled) {
    this.dynamoDb = dynamoDb;
    this.shape = shape;
    this.outages = outages;
    this.sampled = sampled;
  }

  @Override
  public List<String> faults() {
    TableDescription table;
    try {
      table = dynamoDb.describeTable(request -> request.tableName(shape.table())).table();
    } catch (ResourceNotFoundException _) {
      return List.of(
          "table_missing: There is no table %s in this account and Region."
              .formatted(shape.table()));
    } catch (DynamoDbException e) {
      return List.of(refused("table_not_described: dynamodb:DescribeTable", e));
    }
    List<String> faults = faultsOf(table);
    if (faults.isEmpty()) {
      faults = faultsOfReading();
    }
    return faults.isEmpty() ? faultsOfContent() : faults;
  }

  /**
   * Looks at some keys. A table that is of another shape looks to a job as if it were empty, and
   * the job would end with zeros.
   */
  private List<String> faultsOfContent() {
    RecordsSample sample;
    try {
      sample = new RecordsSampling(dynamoDb, shape).take();
    } catch (DynamoDbException e) {
      return List.of(refused("table_not_sampled: dynamodb:Scan", e));
    }
    sampled.accept(sample);
    List<String> faults = new ArrayList<>();
    // Entries that fit lead to items that do, however rare these are in the table.
    if (sample.items().fitsNothing() && sample.entries().fitting() == 0) {
      faults.add(
          "nothing_fits: None of %d items of the table %s has a key of the form %s%s."
              .formatted(
                  sample.items().seen(),
                  shape.table(),
                  shape.shape().conversation(),
                  ofSortKeys()));
    }
    if (sample.entries().fitsNothing()) {
      faults.add(
          ("nothing_fits_in_index: None of %d entries of the index %s has the keys %s and %s, and"
                  + " leads to a key of the form %s%s.")
              .formatted(
                  sample.entries().seen(),
                  shape.index(),
                  shape.shape().user(),
                  shape.shape().startedAt(),
                  shape.shape().conversation(),
                  shape.shape().header() instanceof HeaderMark.OfSortKey(KeyTemplate template)
                      ? " and a sort key of the form " + template
                      : ofSortKeys()));
    }
    return faults;
  }

  private String ofSortKeys() {
    return shape.shape().sortKeys().isEmpty()
        ? ""
        : " and a sort key that begins with one of " + shape.shape().sortKeys();
  }

  /** Reads once: the table may be encrypted with a key that this function has no right to use. */
  private List<String> faultsOfReading() {
    try {
      dynamoDb.query(
          request ->
              request
                  .tableName(shape.table())
                  .keyConditionExpression("#conversation = :any")
                  .expressionAttributeNames(Map.of("#conversation", shape.partitionKey()))
                  .expressionAttributeValues(Map.of(":any", Attributes.s(ANY_CONVERSATION)))
                  .limit(1));
      return List.of();
    } catch (DynamoDbException e) {
      return List.of(refused("table_not_readable: dynamodb:Query", e));
    }
  }

  /**
   * The fault that a refused call shows.
   *
   * @throws DynamoDbException the refusal itself, if it passes by itself
   */
  private String refused(String call, DynamoDbException refusal) {
    if (outages.isOutage(refusal)) {
      throw refusal;
    }
    String code =
        Optional.ofNullable(refusal.awsErrorDetails())
            .map(AwsErrorDetails::errorCode)
            .orElse("status " + refusal.statusCode());
    return "%s on %s was refused with %s.".formatted(call, shape.table(), code);
  }

  private List<String> faultsOf(TableDescription table) {
    List<String> faults = new ArrayList<>();
    if (!USABLE_TABLES.contains(table.tableStatus())) {
      faults.add(
          "table_not_active: The table %s is %s."
              .formatted(shape.table(), table.tableStatusAsString()));
    }
    Map<String, String> types =
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    AttributeDefinition::attributeTypeAsString));
    String keys = described(table.keySchema(), types);
    String neededKeys = needed(shape.partitionKey(), shape.sortKey(), ScalarAttributeType.S);
    if (!keys.equals(neededKeys)) {
      faults.add(
          "table_keys: The table %s has the keys %s, but needs %s."
              .formatted(shape.table(), keys, neededKeys));
    }
    Optional<GlobalSecondaryIndexDescription> index =
        table.globalSecondaryIndexes().stream()
            .filter(one -> one.indexName().equals(shape.index()))
            .findFirst();
    if (index.isEmpty()) {
      faults.add(
          "index_missing: The table %s has no global secondary index %s."
              .formatted(shape.table(), shape.index()));
    } else {
      addFaults(index.get(), types, faults);
    }
    return List.copyOf(faults);
  }

  private void addFaults(
      GlobalSecondaryIndexDescription index, Map<String, String> types, List<String> faults) {
    String keys = described(index.keySchema(), types);
    String neededKeys =
        needed(
            shape.indexPartitionKey(),
            shape.indexSortKey(),
            shape.shape().isStartANumber() ? ScalarAttributeType.N : ScalarAttributeType.S);
    if (!keys.equals(neededKeys)) {
      faults.add(
          "index_keys: The index %s has the keys %s, but needs %s."
              .formatted(shape.index(), keys, neededKeys));
    }
    boolean isBackfilling = Boolean.TRUE.equals(index.backfilling());
    if (isBackfilling || !USABLE_INDEXES.contains(index.indexStatus())) {
      faults.add(
          "index_not_active: The index %s is %s%s."
              .formatted(
                  shape.index(),
                  index.indexStatusAsString(),
                  isBackfilling ? " and backfilling" : ""));
    }
  }

  private static String needed(String partitionKey, String sortKey, ScalarAttributeType ofSortKey) {
    return text(partitionKey, KeyType.HASH.toString(), ScalarAttributeType.S.toString())
        + ", "
        + text(sortKey, KeyType.RANGE.toString(), ofSortKey.toString());
  }

  private static String described(List<KeySchemaElement> keys, Map<String, String> types) {
    return keys.stream()
        .map(
            key ->
                text(
                    key.attributeName(),
                    key.keyTypeAsString(),
                    types.getOrDefault(key.attributeName(), "?")))
        .collect(Collectors.joining(", "));
  }

  private static String text(String name, String keyType, String type) {
    return name + " (" + keyType + ", " + type + ")";
  }
}
