package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Retries;
import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class JobItemsTest {

  private static final Instant DUE = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-25T03:04:05.678Z");
  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app");

  @Test
  void areReadAsTheyWereWritten() {
    CancelRequest cancel = new CancelRequest(DUE, APP);
    JobState state =
        JobState.of(
            it -> {
              it.status = JobStatus.PARTIALLY_COMPLETED;
              it.scheduledAt = LATER;
              it.startedAt = Optional.of(DUE);
              it.completedAt = Optional.of(LATER);
              it.counts = Counted.conversations(5).deleted(2).failed(1).skipped(1).records(89);
              it.retries = new Retries(1, 2, 3, Optional.of(LATER), Optional.of(DUE));
              it.attempts = 4;
              it.notification = OwnerNotification.pending().failed("throttled");
              it.cancelRequest = Optional.of(cancel);
            });
    DeletionJob job =
        new DeletionJob(
            BOT,
            JobId.of(BOT, APP, "key"),
            APP,
            new ListedConversations(),
            DUE,
            state,
            Optional.empty());

    Map<String, AttributeValue> item = new HashMap<>(JobItems.write(job));
    JobItems.write(cancel).forEach((name, value) -> item.put(name, value.orElseThrow()));

    assertThat(JobItems.read(item)).isEqualTo(job);
  }
}
