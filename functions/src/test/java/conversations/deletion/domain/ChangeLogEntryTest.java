package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeLogEntryTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");

  private static final DeletionJob JOB =
      new DeletionJob(
          BOT,
          JobId.of(BOT, APP, "one"),
          APP,
          new DeletionTarget.ChannelUserConversations(
              new ChannelUserId("u-canary"), new DateRange(Instant.EPOCH, NOW)),
          NOW,
          JobState.submitted(NOW, 0),
          Optional.empty(),
          Terms.of(Optional.of(new Reference("r-canary"))));

  @Test
  void aSubmissionIsTheClientAppsDoing() {
    ChangeLogEntry entry = ChangeLogEntry.submitted(JOB);

    assertThat(entry.clientApp()).contains(APP);
    assertThat(entry.resource()).isEqualTo(ChangeLogEntry.Resource.of(JOB.id()));
    assertThat(entry.createdOn()).isEqualTo(NOW);
    assertThat(entry.message()).isEqualTo("Deletion job " + JOB.id() + " submitted.");
  }

  @Test
  void aSubmissionNamesTheMomentBeforeWhichNothingIsDeleted() {
    DeletionJob waiting =
        new DeletionJob(
            BOT,
            JOB.id(),
            APP,
            JOB.target(),
            NOW,
            JOB.state(),
            Optional.empty(),
            new Terms(Optional.empty(), Optional.of(Instant.parse("2026-05-11T00:00:00Z"))));

    assertThat(ChangeLogEntry.submitted(waiting).message())
        .endsWith(" submitted, to begin no earlier than 2026-05-11T00:00:00.000Z.");
  }

  @Test
  void whatTheServiceDoesIsTheServicesDoing() {
    assertThat(ChangeLogEntry.started(JOB, NOW).clientApp()).isEmpty();
    assertThat(ChangeLogEntry.ended(JOB, NOW).clientApp()).isEmpty();
    assertThat(ownerNotNotified(OwnerNotification.pending().givenUp("refused")).clientApp())
        .isEmpty();
  }

  @Test
  void saysThatTheOwnerIsNotNotifiedOnlyWhereThatIsKnown() {
    OwnerNotification pending = OwnerNotification.pending();

    assertThat(ownerNotNotified(pending.givenUp("refused")).message())
        .endsWith("owner not notified: refused.");
    assertThat(ownerNotNotified(pending.givenUp(OwnerNotification.NO_ANSWER)).message())
        .endsWith("owner possibly not notified: NoAnswer.");
    assertThat(ChangeLogEntry.ownerNotNotified(told(pending.sent(NOW)), NOW)).isEmpty();
    assertThat(ChangeLogEntry.ownerNotNotified(told(pending.failed("throttled")), NOW)).isEmpty();
  }

  private static ChangeLogEntry ownerNotNotified(OwnerNotification notification) {
    return ChangeLogEntry.ownerNotNotified(told(notification), NOW).orElseThrow();
  }

  private static DeletionJob told(OwnerNotification notification) {
    return JOB.with(JOB.state().with(notification));
  }

  @Test
  void theEndTellsTheCounts() {
    DeletionJob ended =
        JOB.with(
            JOB.state()
                .with(Counted.conversations(5).deleted(3).failed(1).skipped(1).records(89))
                .ended(JobStatus.PARTIALLY_COMPLETED, NOW));

    assertThat(ChangeLogEntry.ended(ended, NOW).message())
        .endsWith(
            "partially_completed: 3 of 5 conversations deleted (89 records), 1 failed, 1 skipped.");
  }

  @Test
  void theEndTellsAttachmentsAndRetainedRecordsWhereThereAreSome() {
    Counts counts =
        Counted.conversations(5).deleted(3).failed(1).attachments(7).retained(1).records(89);
    DeletionJob completed = JOB.with(JOB.state().with(counts).ended(JobStatus.FAILED, NOW));

    assertThat(ChangeLogEntry.ended(completed, NOW).message())
        .endsWith(
            "failed: 3 of 5 conversations deleted (89 records, 7 attachments), 1 failed, 0 skipped,"
                + " 1 record retained.");
    assertThat(ChangeLogEntry.cancelled(JOB.with(JOB.state().with(counts)), APP, NOW).message())
        .endsWith(
            "cancelled: 3 of 5 conversations deleted (89 records, 7 attachments),"
                + " 1 record retained.");
  }

  @Test
  void theSameEventOfAJobIsTheSameEntry() {
    assertThat(ChangeLogEntry.started(JOB, NOW).id())
        .isEqualTo(ChangeLogEntry.started(JOB, NOW).id())
        .isNotEqualTo(ChangeLogEntry.submitted(JOB).id());
  }

  @Test
  void nothingTellsTheChannelUser() {
    assertThat(ChangeLogEntry.submitted(JOB).toString()).doesNotContain("canary");
    assertThat(ChangeLogEntry.ended(JOB, NOW).toString()).doesNotContain("canary");
  }

  private static Hold hold(HoldTarget target) {
    HoldRequest request =
        new HoldRequest(target, new HoldReason("A canary sang"), Optional.empty(), false);
    return Hold.placed(BOT, new HoldId("case-7"), request, NOW, APP);
  }

  @Test
  void aHoldIsToldByItsIdWithWhatItIsOnAndUntilWhenItHolds() {
    Hold hold =
        hold(
            new HoldTarget.HeldConversations(
                List.of(new ConversationId("canary-1"), new ConversationId("canary-2"))));
    ChangeLogEntry placed = ChangeLogEntry.placed(hold);
    Hold.Release end =
        new Hold.Release(
            NOW.plusSeconds(60), new ClientAppId("app-2"), Instant.parse("2026-05-09T00:00:00Z"));
    ChangeLogEntry released = ChangeLogEntry.released(hold.released(end));

    assertThat(placed.resource())
        .isEqualTo(new ChangeLogEntry.Resource("conversationHold", "case-7"));
    assertThat(placed.message()).isEqualTo("Hold case-7 placed on 2 conversations.");
    assertThat(placed.clientApp()).contains(APP);
    assertThat(released.message())
        .isEqualTo("Hold case-7 released: it holds until 2026-05-09T00:00:00.000Z.");
    assertThat(released.clientApp()).contains(end.by());
    assertThat(released.createdOn()).isEqualTo(end.at());
  }

  @Test
  void aHoldTellsNeitherItsReasonNorTheChannelUser() {
    ChangeLogEntry placed =
        ChangeLogEntry.placed(hold(new HoldTarget.HeldChannelUser(new ChannelUserId("u-canary"))));

    assertThat(placed.message())
        .isEqualTo("Hold case-7 placed on the conversations of a channel user.");
    assertThat(placed.toString()).doesNotContain("canary");
  }
}
