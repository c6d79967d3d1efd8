package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.BotJobs.JobPage;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobPosition;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Keys left out, and jobs gone between two requests: the embedded DynamoDB never does that. */
class DynamoDbBotJobsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final Instant NOW = Instant.parse("2026-05-08T17:49:06.505Z");
  private static final DateRange RANGE = new DateRange(Instant.EPOCH, NOW);
  private static final DeletionJob NEWEST = Jobs.queued(BOT, 1, NOW);
  private static final DeletionJob MIDDLE = Jobs.queued(BOT, 2, NOW.minusSeconds(1));
  private static final DeletionJob OLDEST = Jobs.queued(BOT, 3, NOW.minusSeconds(2));

  private final List<QueryRequest> queries = new ArrayList<>();
  private final List<List<Map<String, AttributeValue>>> keysAsked = new ArrayList<>();
  private final Deque<BatchGetItemResponse> answers = new ArrayDeque<>();
  private QueryResponse page = QueryResponse.builder().build();

  private final DynamoDbBotJobs jobs =
      new DynamoDbBotJobs(
          new StubDynamoDb() {
            @Override
            public QueryResponse query(QueryRequest request) {
              queries.add(request);
              return page;
            }

            @Override
            public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
              KeysAndAttributes asked = request.requestItems().get("Jobs");
              assertThat(asked.consistentRead()).isTrue();
              keysAsked.add(asked.keys());
              return answers.removeFirst();
            }
          },
          "Jobs");

  private static Map<String, AttributeValue> indexEntry(DeletionJob job) {
    return Map.of(
        "botId", s(job.bot().value()),
        "jobId", s(job.id().value()),
        "submittedAt", s(job.submittedAt()));
  }

  private static KeysAndAttributes keysOf(DeletionJob... all) {
    return KeysAndAttributes.builder()
        .keys(List.of(all).stream().map(job -> JobItems.key(job.ref())).toList())
        .consistentRead(true)
        .build();
  }

  private void index(DeletionJob... entries) {
    page =
        QueryResponse.builder()
            .items(List.of(entries).stream().map(DynamoDbBotJobsTest::indexEntry).toList())
            .build();
  }

  private void answer(List<DeletionJob> found, DeletionJob... unprocessed) {
    answers.add(
        BatchGetItemResponse.builder()
            .responses(Map.of("Jobs", found.stream().map(JobItems::write).toList()))
            .unprocessedKeys(
                unprocessed.length == 0 ? Map.of() : Map.of("Jobs", keysOf(unprocessed)))
            .build());
  }

  private JobPage list() {
    return jobs.newestFirst(BOT, RANGE, Optional.empty(), 3);
  }

  @Test
  void areInTheOrderOfTheIndexHoweverTheyAreRead() {
    index(NEWEST, MIDDLE, OLDEST);
    answer(List.of(OLDEST, NEWEST, MIDDLE));

    assertThat(list()).isEqualTo(new JobPage(List.of(NEWEST, MIDDLE, OLDEST), Optional.empty()));
  }

  @Test
  void areReadAgainWhereDynamoDbLeftThemOut() {
    index(NEWEST, MIDDLE, OLDEST);
    answer(List.of(MIDDLE), NEWEST, OLDEST);
    answer(List.of(OLDEST, NEWEST));

    assertThat(list().jobs()).containsExactly(NEWEST, MIDDLE, OLDEST);
    assertThat(keysAsked).hasSize(2);
    assertThat(keysAsked.getLast()).isEqualTo(keysOf(NEWEST, OLDEST).keys());
  }

  @Test
  void areLeftOutOnceTheyAreGone() {
    index(NEWEST, MIDDLE);
    answer(List.of(MIDDLE));

    assertThat(list().jobs()).containsExactly(MIDDLE);
  }

  @Test
  void areNotReadWhereThereAreNone() {
    assertThat(list()).isEqualTo(new JobPage(List.of(), Optional.empty()));
    assertThat(keysAsked).isEmpty();
  }

  @Test
  void beginWhereThePageBeforeEnded() {
    page =
        QueryResponse.builder()
            .items(List.of(indexEntry(MIDDLE)))
            .lastEvaluatedKey(indexEntry(MIDDLE))
            .build();
    answer(List.of(MIDDLE));

    JobPage second = jobs.newestFirst(BOT, RANGE, Optional.of(JobPosition.of(NEWEST)), 1);

    assertThat(second.next()).contains(JobPosition.of(MIDDLE));
    assertThat(queries)
        .singleElement()
        .satisfies(
            query -> {
              assertThat(query.exclusiveStartKey()).isEqualTo(indexEntry(NEWEST));
              assertThat(query.scanIndexForward()).isFalse();
              assertThat(query.limit()).isEqualTo(1);
            });
  }
}
