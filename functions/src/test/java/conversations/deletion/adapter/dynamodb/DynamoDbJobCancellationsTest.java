package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Cancels of one job at the same moment, which DynamoDB Local answers one after the other. */
class DynamoDbJobCancellationsTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");
  private static final DeletionJob JOB = Jobs.queued(new BotId("st-1"), 1, NOW);

  private final Deque<String> cancellations = new ArrayDeque<>();
  private final DynamoDbJobCancellations jobs =
      new DynamoDbJobCancellations(
          new StubDynamoDb() {
            @Override
            public TransactWriteItemsResponse transactWriteItems(
                TransactWriteItemsRequest request) {
              if (cancellations.isEmpty()) {
                return TransactWriteItemsResponse.builder().build();
              }
              throw TransactionCanceledException.builder()
                  .cancellationReasons(
                      CancellationReason.builder().code(cancellations.poll()).build())
                  .build();
            }
          },
          "Jobs",
          "ChangeLog");

  private boolean end() {
    CancelRequest cancel = new CancelRequest(NOW, new ClientAppId("app-1"));
    JobState ended = JOB.state().with(Optional.of(cancel)).ended(JobStatus.CANCELLED, NOW);
    return jobs.end(JOB, ended, ChangeLogEntry.ended(JOB.with(ended), NOW));
  }

  @Test
  void aCancelThatAnotherWasInTheWayOfIsTriedAgain() {
    cancellations.add("TransactionConflict");
    cancellations.add("TransactionConflict");

    assertThat(end()).isTrue();
  }

  @Test
  void findsThatTheOtherHasEndedTheJob() {
    cancellations.add("TransactionConflict");
    cancellations.add("ConditionalCheckFailed");

    assertThat(end()).isFalse();
  }
}
