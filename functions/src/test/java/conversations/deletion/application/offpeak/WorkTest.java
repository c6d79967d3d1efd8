package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.offpeak.Readout.Activity;
import conversations.deletion.application.offpeak.Readout.ReadAt;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.ConversationRecords.SessionHeader;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkTest {

  private static final BotId BOT = new BotId("st-1");
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

  @Test
  void leavesTheHeaderOfATakenOverPlanForTheStepThatIsTheLast() {
    RecordHead header =
        new RecordHead(
            "SESSION",
            Optional.empty(),
            Optional.of(new SessionHeader(Optional.empty(), Optional.empty())));
    JobConversation planned =
        PENDING.plan(
            Store.RECORDS, Fingerprints.of(List.of("M1", "SESSION")), Optional.of("SESSION"));
    Readout found =
        new Readout(
            planned,
            Optional.empty(),
            List.of(record("A2"), header),
            Optional.of("SESSION"),
            Activity.NONE,
            new ReadAt(Instant.EPOCH, 0),
            Consistency.STRONG);

    Work work = new Work(BOT, found);
    work.commit();

    assertThat(work.others()).extracting(RecordId::recordKey).containsExactly("A2");
    assertThat(work.conversation().records().deleted()).as("M1 and A2").isEqualTo(2);
  }

  private static RecordHead record(String key) {
    return new RecordHead(key, Optional.empty(), Optional.empty());
  }

  private static Work work() {
    return new Work(
        BOT,
        new Readout(
            PENDING,
            Optional.empty(),
            List.of(record("M1")),
            Optional.empty(),
            Activity.NONE,
            new ReadAt(Instant.EPOCH, 0),
            Consistency.EVENTUAL));
  }
}
