package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Everything that is stored for a job expires some day, but never while the job may still need it.
 */
class ExpiryIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void aJobExpiresOnceItIsClosedAndItsTimeIsOverAndNotBefore() {
    ConversationId stuck = engine.platform.conversation(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.runStuck("", stuck);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(expiries("DeletionJobsTable")).as("while it is open").isEmpty();

    DeletionJob closed = engine.runUntilClosed(job);

    Instant end = closed.state().completedAt().orElseThrow();
    assertThat(expiries("DeletionJobsTable"))
        .containsExactly(end.plus(Engine.RETENTION).getEpochSecond());
    engine.platform.assertExactly(before, stuck);
  }

  @Test
  void aPlanOutlivesTheLongestJob() {
    ConversationId one = engine.platform.conversation(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);

    engine.runUntilClosed(job);

    Instant longestJobsEnd = engine.time.instant().plus(Duration.ofDays(30));
    assertThat(expiries("DeletionJobConversationsTable"))
        .singleElement()
        .satisfies(
            expiry ->
                assertThat(Instant.ofEpochSecond(expiry))
                    .isAfter(longestJobsEnd.plus(Engine.RETENTION)));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void aListThatNoRunEverPicksUpExpiresTooAndNotBeforeTheLongestJobsEnd() {
    engine.jobs.submit(engine.platform.conversation(3));

    Instant longestJobsEnd = engine.time.instant().plus(Duration.ofDays(30));
    assertThat(expiries("DeletionJobConversationsTable"))
        .singleElement()
        .satisfies(
            expiry ->
                assertThat(Instant.ofEpochSecond(expiry))
                    .isAfter(longestJobsEnd.plus(Engine.RETENTION)));
  }

  @Test
  void aJobWhoseListHasExpiredFailsAndIsNotCalledCompleted() {
    ConversationId one = engine.platform.conversation(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);
    engine.jobsByHand.expireChunk(job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    engine.platform.assertExactly(before);
  }

  private List<Long> expiries(String logicalId) {
    return engine.stack.items(logicalId).stream()
        .filter(item -> item.containsKey("expiresAt"))
        .map(item -> item.get("expiresAt"))
        .map(AttributeValue::n)
        .map(Long::valueOf)
        .toList();
  }
}
