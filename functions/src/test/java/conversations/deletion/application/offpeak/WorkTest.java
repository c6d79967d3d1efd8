package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.offpeak.Readout.ReadAt;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.reading.Activity;
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

  @Test
  void plansRecordsOnlyOnceNoAttachmentIsLeft() {
    Work first = new Work(BOT, bothStores(List.of(version("v1")), false));

    assertThat(first.attachments()).containsExactly(version("v1"));
    assertThat(first.conversation().records().planned()).isEqualTo(Fingerprints.NONE);
    assertThat(first.others()).isEmpty();

    first.commit();
    Readout rest = first.rest().orElseThrow();
    assertThat(rest.store()).as("more were listed").isEqualTo(Store.ATTACHMENTS);

    Work last = new Work(BOT, rest.with(Listed.NOTHING));
    assertThat(last.others()).extracting(RecordId::recordKey).containsExactly("M1");
    assertThat(last.attachments()).isEmpty();
    assertThat(last.rest()).isEmpty();
  }

  @Test
  void goesOnWithTheRecordsThatWereReadBeforeItsAttachmentsWereDeleted() {
    Work first = new Work(BOT, bothStores(List.of(version("v1")), true));
    first.commit();

    Readout rest = first.rest().orElseThrow();

    assertThat(rest.store()).isEqualTo(Store.RECORDS);
    assertThat(rest.forPlan()).containsExactly(record("M1"));
  }

  @Test
  void countsTheAttachmentsOnceTheyAreDeletedAndNoRecord() {
    Work work = new Work(BOT, bothStores(List.of(version("v1"), version("v2")), true));
    assertThat(work.conversation().hasDeleted()).isFalse();

    work.commit();

    assertThat(work.conversation().attachments().deleted()).isEqualTo(2);
    assertThat(work.conversation().attachments().planned()).isEqualTo(Fingerprints.NONE);
    assertThat(work.conversation().records().deleted()).isZero();
  }

  @Test
  void plansTheAttachmentsThatALookFinds() {
    Work work = work();

    boolean grows = work.planWhatRemains(look(List.of(version("v1")), List.of()));

    assertThat(grows).isTrue();
    assertThat(work.attachments()).containsExactly(version("v1"));
    assertThat(work.conversation().attachments().planned())
        .isEqualTo(Listed.fingerprints(List.of(version("v1"))));
    work.finish(3);
    assertThat(work.conversation().attachments().deleted()).isEqualTo(1);
    assertThat(work.conversation().retained()).isEqualTo(3);
  }

  @Test
  void deletesMarkersOnlyOnceNoVersionIsLeft() {
    Work work = work();
    Attachment marker = version("marker");

    work.planWhatRemains(look(List.of(version("v1")), List.of(marker)));
    assertThat(work.attachments()).containsExactly(version("v1"));

    boolean grows = work.planWhatRemains(look(List.of(), List.of(marker)));
    assertThat(work.attachments()).containsExactly(marker);
    assertThat(grows).as("a marker is not planned").isFalse();
  }

  /** An earlier worker has deleted v1, and v3 was uploaded since. */
  @Test
  void countsWhatIsGoneOfATakenOverPlanAndPlansWhatIsThere() {
    JobConversation planned =
        PENDING.plan(
            Store.ATTACHMENTS,
            Listed.fingerprints(List.of(version("v1"), version("v2"))),
            Optional.of("st-1/c-1/a"));

    Work work = new Work(BOT, bothStores(List.of(version("v3"), version("v2")), true).of(planned));

    assertThat(work.conversation().attachments().deleted()).isEqualTo(1);
    assertThat(work.conversation().attachments().planned())
        .isEqualTo(Listed.fingerprints(List.of(version("v2"), version("v3"))));
  }

  private static Attachment version(String id) {
    return new Attachment(BOT, PENDING.conversation(), "st-1/c-1/a", id, Instant.EPOCH, 1);
  }

  private static Readout bothStores(List<Attachment> versions, boolean isWhole) {
    return new Readout(
        PENDING,
        Optional.of(new Listed(versions, List.of(), isWhole, Optional.empty())),
        List.of(record("M1")),
        Optional.empty(),
        Activity.NONE,
        new ReadAt(Instant.EPOCH, 0),
        Consistency.STRONG);
  }

  private static Readout look(List<Attachment> versions, List<Attachment> markers) {
    return new Readout(
        PENDING,
        Optional.of(new Listed(versions, markers, true, Optional.empty())),
        List.of(),
        Optional.empty(),
        Activity.NONE,
        new ReadAt(Instant.EPOCH, 0),
        Consistency.STRONG);
  }
}
