package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Backlog.Count;
import conversations.deletion.application.port.Backlog.OpenJob;
import conversations.deletion.application.port.Backlog.OpenJobs;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.testing.RecordedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Pages of the index, which would take more jobs than a test can submit. */
class DynamoDbBacklogTest {

  private static final Instant NOW = Instant.parse("2026-05-08T17:49:06.505Z");

  private static final JobRef JOB =
      new JobRef(new BotId("st-1"), JobId.of(new BotId("st-1"), new ClientAppId("app-1"), "1"));
  private static final OpenJob OPEN = new OpenJob(JOB, NOW, NOW);

  private final List<QueryRequest> queries = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();
  private int pages = 1;
  private Map<String, AttributeValue> entry =
      Map.of(
          "botId",
          s("st-1"),
          "jobId",
          s(JOB.job().value()),
          "submittedAt",
          s(NOW),
          "sweepAt",
          s(NOW));

  private final DynamoDbBacklog backlog =
      new DynamoDbBacklog(
          new StubDynamoDb() {
            @Override
            public QueryResponse query(QueryRequest request) {
              queries.add(request);
              return QueryResponse.builder()
                  .items(List.of(entry))
                  .count(1_000)
                  .lastEvaluatedKey(
                      queries.size() == pages
                          ? Map.of()
                          : Map.of("jobId", s(Integer.toString(queries.size()))))
                  .build();
            }
          },
          "Jobs",
          log);

  @Test
  void readsOnWhereThePageBeforeEnded() {
    pages = 5;

    assertThat(backlog.openJobs()).isEqualTo(new OpenJobs(Collections.nCopies(5, OPEN), true));
    assertThat(queries.getFirst().hasExclusiveStartKey()).isFalse();
    assertThat(queries.getLast().exclusiveStartKey()).isEqualTo(Map.of("jobId", s("4")));
  }

  @Test
  void readsNoMoreThanFivePagesHoweverManyThereAre() {
    pages = 6;

    assertThat(backlog.openJobs()).isEqualTo(new OpenJobs(Collections.nCopies(5, OPEN), false));
    assertThat(queries).hasSize(5);
  }

  @Test
  void countsTheJobsToForgetPageByPage() {
    pages = 5;

    assertThat(backlog.jobsToForget(NOW)).isEqualTo(new Count(5_000, true));
    assertThat(queries).allMatch(query -> query.select() == Select.COUNT);
    assertThat(queries.getLast().exclusiveStartKey()).isEqualTo(Map.of("jobId", s("4")));
  }

  @Test
  void countsNoMoreThanFivePagesOfJobsToForget() {
    pages = 6;

    assertThat(backlog.jobsToForget(NOW)).isEqualTo(new Count(5_000, false));
    assertThat(queries).hasSize(5);
  }

  @Test
  void isNotStoppedByAnItemThatCanNotBeRead() {
    entry =
        Map.of(
            "botId", s("st-1"),
            "jobId", s(JOB.job().value()),
            "submittedAt", s("canary"),
            "sweepAt", s(NOW));

    assertThat(backlog.openJobs()).isEqualTo(new OpenJobs(List.of(), true));
    assertThat(log.lines()).singleElement().matches(line -> line.event().equals("job_unreadable"));
  }
}
