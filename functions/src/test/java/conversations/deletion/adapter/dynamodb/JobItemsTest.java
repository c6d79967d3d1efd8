package conversations.deletion.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class JobItemsTest {

  @Test
  void areReadAsTheyWereWritten() {
    DeletionJob submitted = Jobs.queued(new BotId("st-1"), 1, Instant.EPOCH);
    DeletionJob job = submitted.with(Jobs.stateUnlikeANewJobs());
    CancelRequest cancel = job.state().cancelRequest().orElseThrow();

    Map<String, AttributeValue> item = new HashMap<>(JobItems.write(job));
    JobItems.write(cancel).forEach((name, value) -> item.put(name, value.orElseThrow()));

    assertThat(JobItems.read(item)).isEqualTo(job);
  }

  @Test
  void keepWhetherTheCallerNamedAStart() {
    DateRange range = new DateRange(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    for (boolean hasDefaultStart : new boolean[] {true, false}) {
      DeletionTarget target =
          new ChannelUserConversations(new ChannelUserId("u-1"), range, hasDefaultStart);
      DeletionJob job = Jobs.queued(new BotId("st-1"), 1, Instant.EPOCH);
      DeletionJob ofUser =
          new DeletionJob(
              job.bot(),
              job.id(),
              job.requestedBy(),
              target,
              job.submittedAt(),
              job.state(),
              job.requestFingerprint(),
              job.terms());

      assertThat(JobItems.read(JobItems.write(ofUser)).target()).isEqualTo(target);
    }
  }
}
