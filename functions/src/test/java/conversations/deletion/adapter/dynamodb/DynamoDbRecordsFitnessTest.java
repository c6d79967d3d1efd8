package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.adapter.aws.AwsOutages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Descriptions of tables and refusals that DynamoDB Local never answers. */
class DynamoDbRecordsFitnessTest {

  private final List<RecordsSample> samples = new ArrayList<>();
  private RecordsTableShape shape = shaped("");
  private Supplier<QueryResponse> reading = () -> QueryResponse.builder().build();
  private Function<ScanRequest, ScanResponse> scanning = _ -> ScanResponse.builder().build();

  private static RecordsTableShape shaped(String text) {
    return new RecordsTableShape(
        "Items", "pk", "sk", "ByUser", "user", "date", RecordsShape.parse(text));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static GlobalSecondaryIndexDescription.Builder index() {
    return GlobalSecondaryIndexDescription.builder()
        .indexName("ByUser")
        .indexStatus(IndexStatus.ACTIVE)
        .keySchema(key("user", KeyType.HASH), key("date", KeyType.RANGE))
        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY));
  }

  private static TableDescription.Builder table() {
    return TableDescription.builder()
        .tableName("Items")
        .tableStatus(TableStatus.ACTIVE)
        .attributeDefinitions(
            attribute("pk", "S"),
            attribute("sk", "S"),
            attribute("user", "S"),
            attribute("date", "S"))
        .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
        .globalSecondaryIndexes(index().build());
  }

  private List<String> faults(Consumer<TableDescription.Builder> change) {
    TableDescription.Builder table = table();
    change.accept(table);
    return fitness(() -> DescribeTableResponse.builder().table(table.build()).build()).faults();
  }

  private List<String> faultsOfIndex(Consumer<GlobalSecondaryIndexDescription.Builder> change) {
    GlobalSecondaryIndexDescription.Builder index = index();
    change.accept(index);
    return faults(table -> table.globalSecondaryIndexes(index.build()));
  }

  private interface DescribedTable {
    DescribeTableResponse give();
  }

  private DynamoDbRecordsFitness fitness(DescribedTable answer) {
    StubDynamoDb dynamoDb =
        new StubDynamoDb() {
          @Override
          public DescribeTableResponse describeTable(DescribeTableRequest request) {
            assertThat(request.tableName()).isEqualTo("Items");
            return answer.give();
          }

          @Override
          public QueryResponse query(QueryRequest request) {
            assertThat(request.tableName()).isEqualTo("Items");
            return reading.get();
          }

          @Override
          public ScanResponse scan(ScanRequest request) {
            assertThat(request.tableName()).isEqualTo("Items");
            return scanning.apply(request);
          }
        };
    return new DynamoDbRecordsFitness(dynamoDb, shape, new AwsOutages(), samples::add);
  }

  private DynamoDbRecordsFitness refusing(RuntimeException failure) {
    return fitness(
        () -> {
          throw failure;
        });
  }

  private static DynamoDbException refusal(int status, String code) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  @Test
  void findsNothingWrongWithATableOfThatShape() {
    assertThat(faults(_ -> {})).isEmpty();
  }

  @Test
  void takesATableWhoseOtherIndexesAreOfWhateverShape() {
    GlobalSecondaryIndexDescription other =
        GlobalSecondaryIndexDescription.builder()
            .indexName("Another")
            .indexStatus(IndexStatus.CREATING)
            .backfilling(true)
            .keySchema(key("sk", KeyType.HASH))
            .build();

    assertThat(faults(table -> table.globalSecondaryIndexes(other, index().build()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "UNKNOWN_TO_SDK_VERSION", mode = Mode.EXCLUDE)
  void takesTheIndexWhateverElseItHolds(ProjectionType type) {
    assertThat(faultsOfIndex(index -> index.projection(some -> some.projectionType(type))))
        .isEmpty();
  }

  /** A table can be used while its capacity or another index is being changed. */
  @Test
  void takesATableAndAnIndexThatAreBeingUpdated() {
    assertThat(faults(table -> table.tableStatus(TableStatus.UPDATING))).isEmpty();
    assertThat(faultsOfIndex(index -> index.indexStatus(IndexStatus.UPDATING))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATING",
        "DELETING",
        "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
        "ARCHIVING",
        "ARCHIVED",
        "SOMETHING_NEW"
      })
  void refusesATableThatCannotBeUsed(String status) {
    assertThat(faults(table -> table.tableStatus(status)))
        .containsExactly("table_not_active: The table Items is " + status + ".");
  }

  @Test
  void refusesKeysOfAnotherName() {
    assertThat(
            faults(table -> table.keySchema(key("pk", KeyType.HASH), key("other", KeyType.RANGE))))
        .containsExactly(
            "table_keys: The table Items has the keys pk (HASH, S), other (RANGE, ?),"
                + " but needs pk (HASH, S), sk (RANGE, S).");
  }

  @Test
  void refusesATableWithoutASortKey() {
    assertThat(faults(table -> table.keySchema(key("pk", KeyType.HASH))))
        .containsExactly(
            "table_keys: The table Items has the keys pk (HASH, S),"
                + " but needs pk (HASH, S), sk (RANGE, S).");
  }

  @Test
  void refusesKeysThatAreTheOtherWayRound() {
    assertThat(faults(table -> table.keySchema(key("sk", KeyType.HASH), key("pk", KeyType.RANGE))))
        .singleElement()
        .asString()
        .startsWith("table_keys: ");
  }

  @Test
  void refusesKeysThatAreNoStrings() {
    assertThat(
            faults(
                table ->
                    table.attributeDefinitions(
                        attribute("pk", "S"),
                        attribute("sk", "N"),
                        attribute("user", "S"),
                        attribute("date", "N"))))
        .containsExactly(
            "table_keys: The table Items has the keys pk (HASH, S), sk (RANGE, N),"
                + " but needs pk (HASH, S), sk (RANGE, S).",
            "index_keys: The index ByUser has the keys user (HASH, S), date (RANGE, N),"
                + " but needs user (HASH, S), date (RANGE, S).");
  }

  @Test
  void refusesATableWithoutTheIndex() {
    assertThat(faults(table -> table.globalSecondaryIndexes(List.of())))
        .containsExactly("index_missing: The table Items has no global secondary index ByUser.");
  }

  @Test
  void refusesAnIndexWithOtherKeys() {
    assertThat(faultsOfIndex(index -> index.keySchema(key("user", KeyType.HASH))))
        .containsExactly(
            "index_keys: The index ByUser has the keys user (HASH, S),"
                + " but needs user (HASH, S), date (RANGE, S).");
  }

  /** A job would leave behind the conversations that the index does not hold yet. */
  @ParameterizedTest
  @EnumSource(names = {"CREATING", "DELETING"})
  void refusesAnIndexThatDoesNotHoldEverything(IndexStatus status) {
    assertThat(faultsOfIndex(index -> index.indexStatus(status)))
        .containsExactly("index_not_active: The index ByUser is " + status + ".");
  }

  @Test
  void refusesAnIndexThatIsBackfilling() {
    assertThat(faultsOfIndex(index -> index.indexStatus(IndexStatus.CREATING).backfilling(true)))
        .containsExactly("index_not_active: The index ByUser is CREATING and backfilling.");
    assertThat(faultsOfIndex(index -> index.backfilling(true)))
        .containsExactly("index_not_active: The index ByUser is ACTIVE and backfilling.");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    List<String> faults =
        faults(
            table ->
                table
                    .tableStatus(TableStatus.ARCHIVED)
                    .keySchema(key("id", KeyType.HASH))
                    .globalSecondaryIndexes(
                        index()
                            .indexStatus(IndexStatus.CREATING)
                            .keySchema(key("user", KeyType.HASH))
                            .build()));

    assertThat(faults)
        .extracting(fault -> fault.substring(0, fault.indexOf(':')))
        .containsExactly("table_not_active", "table_keys", "index_keys", "index_not_active");
  }

  @Test
  void refusesATableThatIsNotThere() {
    assertThat(refusing(ResourceNotFoundException.builder().build()).faults())
        .containsExactly("table_missing: There is no table Items in this account and Region.");
  }

  @Test
  void saysThatItMayNotLook() {
    assertThat(refusing(refusal(400, "AccessDeniedException")).faults())
        .containsExactly(
            "table_not_described:"
                + " dynamodb:DescribeTable on Items was refused with AccessDeniedException.");
    assertThat(refusing(DynamoDbException.builder().statusCode(403).build()).faults())
        .containsExactly(
            "table_not_described: dynamodb:DescribeTable on Items was refused with status 403.");
  }

  @Test
  void saysThatItMayNotRead() {
    reading =
        () -> {
          throw refusal(400, "AccessDeniedException");
        };

    assertThat(faults(_ -> {}))
        .containsExactly(
            "table_not_readable: dynamodb:Query on Items was refused with AccessDeniedException.");
  }

  private static Map<String, AttributeValue> item(String... attributes) {
    Map<String, AttributeValue> item = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      item.put(attributes[i], AttributeValue.fromS(attributes[i + 1]));
    }
    return item;
  }

  /** Each Scan of the table, and of the index, gives these. */
  private void holding(
      List<Map<String, AttributeValue>> items, List<Map<String, AttributeValue>> entries) {
    scanning =
        request ->
            ScanResponse.builder().items(request.indexName() == null ? items : entries).build();
  }

  @Test
  void tellsWhatItUnderstandsOfWhatIsThere() {
    holding(
        List.of(
            item("pk", "st-1#c-1", "sk", "SESSION"),
            item("pk", "st-1#c-1", "sk", "m"),
            item("pk", "else", "sk", "m")),
        List.of(item("pk", "st-1#c-1", "sk", "SESSION", "user", "st-1#u-1", "date", "soon")));

    assertThat(faults(_ -> {})).isEmpty();

    assertThat(samples)
        .singleElement()
        .satisfies(
            sample -> {
              assertThat(sample.counts())
                  .isEqualTo(
                      Map.of(
                          "items", 3,
                          "itemsOfTheShape", 2,
                          "conversations", 1,
                          "entries", 1,
                          "entriesOfTheShape", 1,
                          "channelUsers", 1));
              assertThat(sample.items().misfit()).contains("pk=else sk=m");
              assertThat(sample.entries().example())
                  .contains(
                      new RecordsSample.Reading("st-1#u-1", "botId=st-1 cId=u-1", "st-1#u-1"));
            });
  }

  @Test
  void takesATableThatIsEmpty() {
    assertThat(faults(_ -> {})).isEmpty();
  }

  @Test
  void refusesATableOfWhichNothingFits() {
    shape = shaped("conversation=BOT#{botId}#CONV#{conversationId} records=META,MSG#");
    holding(
        List.of(item("pk", "st-1#c-1", "sk", "MSG#1"), item("pk", "BOT#b#CONV#c", "sk", "OTHER#1")),
        List.of());

    assertThat(faults(_ -> {}))
        .containsExactly(
            "nothing_fits: None of 2 items of the table Items has a key of the form"
                + " BOT#{botId}#CONV#{conversationId} and a sort key that begins with one of"
                + " [META, MSG#].");
  }

  /** By the form of the service's own keys this would be a conversation of a bot named BOT. */
  @Test
  void takesNoKeyOfMorePartsForOneOfItsShape() {
    holding(List.of(item("pk", "BOT#st-1#CONV#c-1", "sk", "META")), List.of());

    assertThat(faults(_ -> {})).singleElement().asString().startsWith("nothing_fits: ");
  }

  /** A channel user's job would find nothing, and end with zeros. */
  @Test
  void refusesAnIndexOfWhichNothingFits() {
    holding(
        List.of(item("pk", "st-1#c-1", "sk", "SESSION")),
        List.of(
            item("pk", "st-1#c-1", "sk", "SESSION", "user", "u-1", "date", "2026-05-04"),
            item("pk", "CONV#1", "sk", "SESSION", "user", "USER#u-1", "date", "2026-05-04")));

    assertThat(faults(_ -> {}))
        .containsExactly(
            "nothing_fits_in_index: None of 2 entries of the index ByUser has the keys"
                + " {botId}#{cId} and {moment}, and leads to a key of the form"
                + " {botId}#{conversationId}.");
  }

  /** The headers would never be read: jobs would end as completed, and leave them. */
  @Test
  void refusesAnIndexWhoseHeadersHaveNoneOfTheSortKeys() {
    shape = shaped("records=MSG#");
    holding(
        List.of(item("pk", "st-1#c-1", "sk", "MSG#1")),
        List.of(item("pk", "st-1#c-1", "sk", "META", "user", "st-1#u-1", "date", "2026-05-04")));

    assertThat(faults(_ -> {})).singleElement().asString().startsWith("nothing_fits_in_index: ");
  }

  @Test
  void refusesAnIndexWhoseHeadersHaveAnotherSortKey() {
    shape = shaped("headerKey=META");
    holding(
        List.of(item("pk", "st-1#c-1", "sk", "MSG#1")),
        List.of(item("pk", "st-1#c-1", "sk", "INFO", "user", "st-1#u-1", "date", "2026-05-04")));

    assertThat(faults(_ -> {})).singleElement().asString().startsWith("nothing_fits_in_index: ");
  }

  /** Where other kinds of items are in the majority, none of those looked at may be a record. */
  @Test
  void takesATableToWhoseConversationsItsIndexLeads() {
    holding(
        List.of(item("pk", "ORDER/1", "sk", "m")),
        List.of(item("pk", "st-1#c-1", "sk", "SESSION", "user", "st-1#u-1", "date", "2026-05-04")));

    assertThat(faults(_ -> {})).isEmpty();
  }

  @Test
  void readsOnWhereAPageHoldsNothingOfTheShape() {
    AtomicInteger pages = new AtomicInteger();
    Map<String, AttributeValue> other = item("pk", "USER/1", "sk", "PROFILE");
    scanning =
        request -> {
          if (request.indexName() != null) {
            return ScanResponse.builder().build();
          }
          boolean isThird = pages.incrementAndGet() == 3;
          assertThat(request.hasExclusiveStartKey()).isEqualTo(pages.get() > 1);
          return ScanResponse.builder()
              .items(List.of(isThird ? item("pk", "st-1#c-1", "sk", "m") : other))
              .lastEvaluatedKey(other)
              .build();
        };

    assertThat(faults(_ -> {})).isEmpty();

    assertThat(pages).hasValue(3);
  }

  @Test
  void readsNoMoreThanFivePages() {
    AtomicInteger scans = new AtomicInteger();
    Map<String, AttributeValue> other = item("pk", "USER/1", "sk", "PROFILE");
    scanning =
        request -> {
          if (request.indexName() != null) {
            return ScanResponse.builder().build();
          }
          scans.incrementAndGet();
          return ScanResponse.builder().items(List.of(other)).lastEvaluatedKey(other).build();
        };

    assertThat(faults(_ -> {})).hasSize(1);

    assertThat(scans).hasValue(5);
  }

  @Test
  void takesAnIndexWhoseSortKeyIsANumberIfItIsSaidToBe() {
    shape = shaped("startedAt={seconds}");
    List<AttributeDefinition> numbers =
        List.of(
            attribute("pk", "S"),
            attribute("sk", "S"),
            attribute("user", "S"),
            attribute("date", "N"));

    assertThat(faults(table -> table.attributeDefinitions(numbers))).isEmpty();
    assertThat(faults(_ -> {}))
        .containsExactly(
            "index_keys: The index ByUser has the keys user (HASH, S), date (RANGE, S),"
                + " but needs user (HASH, S), date (RANGE, N).");
  }

  @Test
  void saysThatItMayNotSample() {
    scanning =
        _ -> {
          throw refusal(400, "AccessDeniedException");
        };

    assertThat(faults(_ -> {}))
        .containsExactly(
            "table_not_sampled: dynamodb:Scan on Items was refused with AccessDeniedException.");
  }

  @Test
  void holdsNoOutageOfReadingForAFault() {
    DynamoDbException outage = refusal(400, "ProvisionedThroughputExceededException");
    reading =
        () -> {
          throw outage;
        };

    assertThatThrownBy(() -> faults(_ -> {})).isSameAs(outage);
  }

  @Test
  void holdsNoOutageForAFault() {
    for (RuntimeException outage :
        List.of(
            refusal(400, "ThrottlingException"),
            refusal(500, "InternalServerError"),
            SdkClientException.create("no answer"))) {
      assertThatThrownBy(refusing(outage)::faults).isSameAs(outage);
    }
  }
}
