package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** DynamoDB cuts pages by size, which would need megabytes. Here they are cut by number. */
class DynamoDbChangeLogTest {

  private static final BotId BOT = new BotId("st-1");

  private static final class Entries extends StubDynamoDb {

    private final List<Map<String, AttributeValue>> newestFirst;
    private final int pageSize;
    private final List<QueryRequest> asked = new ArrayList<>();

    Entries(int count, int pageSize) {
      this.newestFirst =
          IntStream.range(0, count).mapToObj(i -> ChangeLogItems.write(entry(i))).toList();
      this.pageSize = pageSize;
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      asked.add(request);
      int from =
          request.hasExclusiveStartKey()
              ? Integer.parseInt(request.exclusiveStartKey().get("at").n())
              : 0;
      int length = Math.min(Math.min(request.limit(), pageSize), newestFirst.size() - from);
      QueryResponse.Builder page = QueryResponse.builder().count(length);
      if (request.select() == Select.ALL_ATTRIBUTES) {
        page.items(newestFirst.subList(from, from + length));
      }
      // As on AWS, a page that its limit cuts names its last key even if nothing follows.
      if (length == request.limit() || from + length < newestFirst.size()) {
        page.lastEvaluatedKey(Map.of("at", n(from + length)));
      }
      return page.build();
    }
  }

  private static ChangeLogEntry entry(int number) {
    return new ChangeLogEntry(
        "cl-" + number,
        BOT,
        ChangeLogEntry.Resource.of(JobId.of(BOT, new ClientAppId("app-1"), "" + number)),
        Optional.empty(),
        "It was.",
        Instant.EPOCH);
  }

  private static List<ChangeLogEntry> list(Entries entries, int skip, int limit) {
    return new DynamoDbChangeLog(entries, "ChangeLog")
        .list(BOT, Instant.EPOCH, Instant.EPOCH, skip, limit);
  }

  @Property(tries = 300)
  void isTheSameWhereverPagesAreCut(
      @ForAll @IntRange(max = 30) int count,
      @ForAll @IntRange(min = 1, max = 12) int pageSize,
      @ForAll @IntRange(max = 35) int skip,
      @ForAll @IntRange(min = 1, max = 12) int limit) {
    assertThat(list(new Entries(count, pageSize), skip, limit))
        .isEqualTo(
            IntStream.range(0, count)
                .mapToObj(DynamoDbChangeLogTest::entry)
                .skip(skip)
                .limit(limit)
                .toList());
  }

  @Test
  void whatIsSkippedIsCountedAndNotFetched() {
    Entries entries = new Entries(200, 1000);
    list(entries, 100, 50);

    assertThat(entries.asked)
        .extracting(QueryRequest::select, QueryRequest::limit)
        .containsExactly(tuple(Select.COUNT, 100), tuple(Select.ALL_ATTRIBUTES, 50));
  }

  @Test
  void theFirstPageTakesOneRequest() {
    Entries entries = new Entries(200, 1000);
    list(entries, 0, 50);

    assertThat(entries.asked)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.scanIndexForward()).isFalse();
              assertThat(request.consistentRead()).isTrue();
            });
  }
}
