package conversations.deletion.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.bench.stub.Behaviour.WriteLimits;
import conversations.deletion.bench.stub.StubAws.StubAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StubAwsTest {

  private static final String DYNAMODB = "DynamoDB_20120810.";

  /** No time passes, so a limit of units a second gives out what it has and no more. */
  private static final TimeSource STANDING =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return 0;
        }

        @Override
        public void sleep(Duration duration) {}
      };

  private StubAws aws = new StubAws(STANDING);

  private StubAnswer ask(String operation, String body) {
    try {
      return aws.answer(DYNAMODB + operation, body.getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> query(int conversation, String more) {
    return Json.object(
        ask(
                "Query",
                """
                {"TableName":"ConversationRecords","KeyConditionExpression":"conversationKey = :c",\
                "ExpressionAttributeValues":{":c":{"S":"%s"}},"ProjectionExpression":"recordKey"%s}"""
                    .formatted(SampleUser.conversationKey(conversation), more))
            .body());
  }

  private List<String> keys(Map<String, Object> page) {
    return Json.objects(page.get("Items")).stream()
        .map(item -> Json.text(Json.member(item, "recordKey"), "S"))
        .toList();
  }

  private StubAnswer delete(int conversation, List<String> recordKeys) {
    String requests =
        recordKeys.stream()
            .map(
                key ->
                    """
                    {"DeleteRequest":{"Key":{"conversationKey":{"S":"%s"},"recordKey":{"S":"%s"}}}}"""
                        .formatted(SampleUser.conversationKey(conversation), key))
            .collect(Collectors.joining(","));
    return ask(
        "BatchWriteItem", "{\"RequestItems\":{\"ConversationRecords\":[%s]}}".formatted(requests));
  }

  @Test
  void aPageEndsAtOneMegabyteAndTellsWhereToGoOn() {
    aws.records().add(1, _ -> 1_500, _ -> 1_024);

    Map<String, Object> page = query(0, "");
    String last = keys(page).getLast();
    Map<String, Object> rest =
        query(
            0,
            ",\"ExclusiveStartKey\":{\"conversationKey\":{\"S\":\"%s\"},\"recordKey\":{\"S\":\"%s\"}}"
                .formatted(SampleUser.conversationKey(0), last));

    assertThat(keys(page)).hasSize(1_024);
    assertThat(Json.member(page, "LastEvaluatedKey")).isNotEmpty();
    assertThat(keys(rest)).hasSize(476).endsWith("SESSION");
    assertThat(Json.member(rest, "LastEvaluatedKey")).isEmpty();
    assertThat(keys(page)).isSorted();
  }

  @Test
  void readsCostHalfAUnitForFourKilobytesOfWholeItems() {
    aws.records().add(1, _ -> 10, _ -> 1_024);

    query(0, "");
    assertThat(aws.meter().readUnits(_ -> true)).isEqualTo(1.5);
    query(0, ",\"ConsistentRead\":true");
    assertThat(aws.meter().readUnits(_ -> true)).isEqualTo(4.5);
    query(7, ",\"ConsistentRead\":true");
    assertThat(aws.meter().readUnits(_ -> true)).isEqualTo(5.5);
  }

  @Test
  void aDeleteCostsItsKilobytesAndAHeaderItsIndexEntry() {
    SampleUser user = aws.records().add(1, _ -> 3, _ -> 1_025);

    delete(0, keys(query(0, "")));

    assertThat(aws.records().left(user)).isZero();
    assertThat(aws.meter().writeUnits(_ -> true)).isEqualTo(7);
    assertThat(aws.meter().leastWriteUnits()).isEqualTo(7);
  }

  @Test
  void deletingAgainCostsAUnitAndIsNoticed() {
    aws.records().add(1, _ -> 3, _ -> 1_024);
    List<String> keys = keys(query(0, "")).subList(0, 2);

    delete(0, keys);
    delete(0, keys);

    assertThat(aws.meter().writeUnits(_ -> true)).isEqualTo(4);
    assertThat(aws.meter().recordsDeleted()).isEqualTo(2);
    assertThat(aws.meter().keysDeletedAgain()).isEqualTo(2);
  }

  @Test
  void aPartitionGivesOutNoMoreThanItHas() {
    aws.behave(Behaviour.atOnce().withLimits(new WriteLimits(100, 40_000, 0.1)));
    SampleUser user = aws.records().add(1, _ -> 100, _ -> 1_024);

    StubAnswer some = delete(0, keys(query(0, "")).subList(0, 25));
    StubAnswer none = delete(0, keys(query(0, "")).subList(0, 20));

    assertThat(aws.records().left(user)).isEqualTo(90);
    assertThat(new String(some.body(), StandardCharsets.UTF_8)).contains("DeleteRequest");
    assertThat(some.status()).isEqualTo(200);
    assertThat(none.status()).isEqualTo(400);
    assertThat(aws.meter().throttledRequests()).isEqualTo(2);
  }

  @Test
  void refusesABatchThatNamesAKeyTwice() {
    aws.records().add(1, _ -> 3, _ -> 1_024);

    assertThat(delete(0, List.of("SESSION", "SESSION")).status()).isEqualTo(400);
  }

  @Test
  void aTransactionThatIsCancelledChangesNothing() {
    String put =
        "{\"Put\":{\"TableName\":\"%s\",\"Item\":{\"botId\":{\"S\":\"b\"},\"%s\":{\"S\":\"1\"}}%s}}";
    String transaction =
        "{\"TransactItems\":["
            + put.formatted("ChangeLog", "entryKey", "")
            + ","
            + put.formatted(
                "DeletionJobs", "jobId", ",\"ConditionExpression\":\"attribute_exists(botId)\"")
            + "]}";

    StubAnswer answer = ask("TransactWriteItems", transaction);
    StubAnswer entry =
        ask(
            "GetItem",
            "{\"TableName\":\"ChangeLog\",\"Key\":{\"botId\":{\"S\":\"b\"},\"entryKey\":{\"S\":\"1\"}}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("\"None\"", "\"ConditionalCheckFailed\"");
    assertThat(Json.object(entry.body())).isEmpty();
  }

  @Test
  void changingAnIndexKeyIsWrittenTwiceMore() {
    String put =
        """
        {"TableName":"DeletionJobs","Item":{"botId":{"S":"b"},"jobId":{"S":"j"},\
        "openGroup":{"S":"open"},"sweepAt":{"S":"%d"}}}""";

    ask("PutItem", put.formatted(1));
    assertThat(aws.meter().writeUnits(_ -> true)).isEqualTo(2);
    ask("PutItem", put.formatted(2));
    assertThat(aws.meter().writeUnits(_ -> true)).isEqualTo(5);
    ask("PutItem", put.formatted(2));
    assertThat(aws.meter().writeUnits(_ -> true)).isEqualTo(6);
  }

  @Test
  void conversationsOfOneUserOnlyAreInItsPartOfTheIndex() {
    SampleUser first = aws.records().add(3, _ -> 2, _ -> 1_024);
    SampleUser second = aws.records().add(2, _ -> 2, _ -> 1_024);

    String query =
        """
        {"TableName":"ConversationRecords","IndexName":"ConversationsByChannelUser",\
        "KeyConditionExpression":"channelUserKey = :u",\
        "ExpressionAttributeValues":{":u":{"S":"%s"}}}""";

    assertThat(found(query.formatted(first.channelUserKey()))).isEqualTo(3);
    assertThat(found(query.formatted(second.channelUserKey()))).isEqualTo(2);
  }

  private int found(String query) {
    return Json.objects(Json.object(ask("Query", query).body()).get("Items")).size();
  }

  @Test
  void leavesOutItemsAtRandomButTheSameOnesEachTime() {
    long first = leftOfBatches();

    assertThat(first).isBetween(1L, 60L);
    assertThat(leftOfBatches()).isEqualTo(first);
  }

  private long leftOfBatches() {
    aws = new StubAws(STANDING);
    aws.behave(Behaviour.atOnce().withUnprocessed(0.1));
    SampleUser user = aws.records().add(1, _ -> 250, _ -> 1_024);
    List<String> keys = keys(query(0, ""));
    IntStream.range(0, 10).forEach(i -> delete(0, keys.subList(25 * i, 25 * i + 25)));
    return aws.records().left(user);
  }
}
