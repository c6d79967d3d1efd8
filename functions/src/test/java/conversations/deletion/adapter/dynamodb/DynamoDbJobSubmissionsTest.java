package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Conflicts between transactions, which DynamoDB Local never answers. */
class DynamoDbJobSubmissionsTest {

  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");
  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final DeletionJob JOB = job(NOW);

  private final Deque<CancellationReason> cancellations = new ArrayDeque<>();
  private int attempts;
  private final DynamoDbJobSubmissions submissions =
      new DynamoDbJobSubmissions(
          new StubDynamoDb() {
            @Override
            public TransactWriteItemsResponse transactWriteItems(
                TransactWriteItemsRequest request) {
              attempts++;
              if (cancellations.isEmpty()) {
                return TransactWriteItemsResponse.builder().build();
              }
              throw TransactionCanceledException.builder()
                  .cancellationReasons(cancellations.poll())
                  .build();
            }
          },
          "Jobs",
          "Conversations",
          "ChangeLog",
          "Previews",
          Duration.ofDays(90));

  private static DeletionJob job(Instant submittedAt) {
    return new DeletionJob(
        BOT,
        JobId.of(BOT, APP, "1"),
        APP,
        new ListedConversations(),
        submittedAt,
        JobState.submitted(submittedAt, 1),
        Optional.empty(),
        Terms.NONE);
  }

  private DeletionJob submit() {
    return submissions.submit(JOB, List.of(), ChangeLogEntry.submitted(JOB), NOW);
  }

  private void cancelWith(String code, int times) {
    for (int i = 0; i < times; i++) {
      cancellations.add(CancellationReason.builder().code(code).build());
    }
  }

  @Test
  void triesAgainWhereAnotherTransactionWasInTheWay() {
    cancelWith("TransactionConflict", 3);

    assertThat(submit()).isEqualTo(JOB);
    assertThat(attempts).isEqualTo(4);
  }

  @Test
  void findsTheJobThatTheOtherTransactionMade() {
    DeletionJob first = job(NOW.minusSeconds(1));
    cancelWith("TransactionConflict", 1);
    cancellations.add(
        CancellationReason.builder()
            .code("ConditionalCheckFailed")
            .item(JobItems.write(first))
            .build());

    assertThat(submit()).isEqualTo(first);
  }

  @Test
  void givesUpWhereTheConflictNeverEnds() {
    cancelWith("TransactionConflict", 100);

    assertThatThrownBy(this::submit).isInstanceOf(TransactionCanceledException.class);
    assertThat(attempts).isEqualTo(12);
  }

  @Test
  void triesNothingElseAgain() {
    cancelWith("ValidationError", 1);

    assertThatThrownBy(this::submit).isInstanceOf(TransactionCanceledException.class);
    assertThat(attempts).isEqualTo(1);
  }
}
