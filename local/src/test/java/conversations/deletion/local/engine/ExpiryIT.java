package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is stored of a job expires some day, and never while the job may still need it. */
class ExpiryIT {

  private Engine engine;

  @BeforeEach
  void start() {
    engine = new Engine();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aJobExpiresOnceItIsClosedAndItsTimeIsOverAndNotBefore() {
    ConversationId stuck = engine.conversation(3);
    Census before = engine.census();
    var healthy = engine.records;
    engine.records = new RefusingRecords(healthy, stuck, "");
    DeletionJob job = engine.submit(stuck);
    engine.run();
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(expiries("DeletionJobsTable")).as("while it is open").isEmpty();
    engine.records = healthy;

    DeletionJob closed = engine.runUntilClosed(job);

    Instant end = closed.state().completedAt().orElseThrow();
    assertThat(expiries("DeletionJobsTable"))
        .containsExactly(end.plus(Engine.RETENTION).getEpochSecond());
    engine.assertExactly(before, stuck);
  }

  @Test
  void aPlanOutlivesTheLongestJob() {
    ConversationId one = engine.conversation(3);
    Census before = engine.census();
    DeletionJob job = engine.submit(one);

    engine.runUntilClosed(job);

    Instant longestJobsEnd = engine.time.instant().plus(Duration.ofDays(30));
    assertThat(expiries("DeletionJobConversationsTable"))
        .singleElement()
        .satisfies(
            expiry ->
                assertThat(Instant.ofEpochSecond(expiry))
                    .isAfter(longestJobsEnd.plus(Engine.RETENTION)));
    engine.assertExactly(before, one);
  }

  private List<Long> expiries(String logicalId) {
    return engine.itemsOf(logicalId).stream()
        .filter(item -> item.containsKey("expiresAt"))
        .map(item -> item.get("expiresAt"))
        .map(AttributeValue::n)
        .map(Long::valueOf)
        .toList();
  }
}
