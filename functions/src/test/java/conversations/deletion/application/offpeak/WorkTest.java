package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.offpeak.Readout.Activity;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.JobConversation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkTest {

  private static final JobConversation PENDING = JobConversation.pending(new ConversationId("c-1"));

  @Test
  void isUnplannedAgainOnceItIsWithdrawn() {
    Work work = work();
    assertThat(work.conversation().isBegun()).isTrue();

    work.withdraw();

    assertThat(work.conversation()).isEqualTo(PENDING);
  }

  @Test
  void isBegunWithinSecondsOfItsReading() {
    assertThat(work().freshUntil()).isPositive().isLessThan(Duration.ofSeconds(30).toNanos());
  }

  private static Work work() {
    RecordHead record = new RecordHead("M1", Optional.empty(), Optional.empty());
    return new Work(
        new BotId("st-1"),
        new Readout(PENDING, List.of(record), Optional.empty(), Activity.NONE, Instant.EPOCH, 0));
  }
}
