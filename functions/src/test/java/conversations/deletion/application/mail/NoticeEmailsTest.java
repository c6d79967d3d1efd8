package conversations.deletion.application.mail;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OnHold;
import conversations.deletion.domain.OwnerNotice.Occasion;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeEmailsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final Instant SUBMITTED = Instant.parse("2026-05-08T12:00:00Z");
  private static final Instant NOT_BEFORE = Instant.parse("2026-05-11T12:00:00Z");
  private static final Instant OPENING = Instant.parse("2026-05-12T00:00:00Z");

  private static Email email(DeletionTarget target, JobState state) {
    return email(Occasion.SUBMITTED, target, state);
  }

  private static Email email(Occasion occasion, DeletionTarget target, JobState state) {
    DeletionJob job =
        new DeletionJob(
            BOT,
            JobId.of(BOT, APP, "1"),
            APP,
            target,
            SUBMITTED,
            state,
            Optional.empty(),
            new Terms(Optional.of(new Reference("REQ-1 <b>")), Optional.of(NOT_BEFORE)));
    Bot bot = new Bot(BOT, Optional.of("Parcel bot"), Optional.of("owner@bots.example"));
    return new NoticeEmails(_ -> Optional.of(bot), _ -> Optional.of("Shop back end"))
        .about(occasion, job, bot);
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void tellsWhatWasAskedByWhomWhenItBeginsAndUntilWhenAndHowItIsCancelled() {
    Email email = email(new ListedConversations(), JobState.submitted(OPENING, 2));

    assertThat(email.to()).isEqualTo("owner@bots.example");
    assertThat(email.subject()).isEqualTo("Deletion job submitted: " + JobId.of(BOT, APP, "1"));
    assertThat(words(email.text()))
        .contains("Conversations of this bot will be deleted, from 2026-05-12 00:00:00 UTC on.")
        .contains("Until 2026-05-12 00:00:00 UTC the job can be cancelled")
        .contains("DELETE .../conversations/delete/" + JobId.of(BOT, APP, "1"))
        .contains("Conversations asked for 2")
        .contains("Bot Parcel bot (st-1)")
        .contains("Asked by Shop back end (app-1)")
        .contains("Reference REQ-1 <b>")
        .contains("Asked for a list of conversations")
        .contains("Submitted 2026-05-08 12:00:00 UTC Not before 2026-05-11 12:00:00 UTC")
        .contains("Begins 2026-05-12 00:00:00 UTC");
    assertThat(email.html())
        .contains(
            "Deletion job submitted",
            "Until 2026-05-12 00:00:00 UTC the job can be cancelled",
            "REQ-1 &lt;b&gt;",
            "2026-05-11 12:00:00 UTC");
  }

  @Test
  void masksTheChannelUser() {
    Email email =
        email(
            new ChannelUserConversations(
                new ChannelUserId("u-canary-of-a-person"), new DateRange(Instant.EPOCH, SUBMITTED)),
            JobState.submitted(OPENING, 0));

    assertThat(words(email.text()))
        .contains("the conversations of channel user u-cana… that began between 1970-01-01")
        .doesNotContain("canary", "Conversations asked for");
    assertThat(email.html()).doesNotContain("canary");
  }

  @Test
  void doesNotPromiseThatAJobCanBeCancelledWholeOnceItHasBegun() {
    Email email =
        email(new ListedConversations(), JobState.submitted(OPENING, 2).pickedUp(OPENING));

    assertThat(words(email.text()))
        .contains("are being deleted", "A cancel now still keeps what has not been begun.")
        .contains("Started 2026-05-12 00:00:00 UTC")
        .doesNotContain("Until", "Begins");
  }

  private static Email onHold(Counts counts) {
    JobState state =
        JobState.submitted(OPENING, 7)
            .pickedUp(OPENING)
            .with(counts)
            .waitingForHolds(
                OPENING.plusSeconds(86_400),
                new OnHold(OPENING.plusSeconds(90), true, Set.of(new HoldId("case-canary"))));
    return email(Occasion.ON_HOLD, new ListedConversations(), state);
  }

  @Test
  void tellsThatNothingIsLeftButWhatAHoldKeepsThatNothingIsToBeDoneAndHowItIsCancelled() {
    Email email =
        onHold(Counted.conversations(7).deleted(3).held(2).failed(1).skipped(1).records(89));

    assertThat(email.to()).isEqualTo("owner@bots.example");
    assertThat(email.subject()).isEqualTo("Deletion job on hold: " + JobId.of(BOT, APP, "1"));
    assertThat(words(email.text()))
        .contains("Nothing is left to do but what a hold keeps: 2 conversations.")
        .contains("Deleted: 3 conversations, 89 records.")
        .contains("There is nothing to do.")
        .contains("DELETE .../conversations/delete/" + JobId.of(BOT, APP, "1"))
        .contains("Conversations held 2 Conversations deleted 3 Conversations failed 1")
        .contains("Conversations not there 1 Records deleted 89")
        .contains("Bot Parcel bot (st-1)")
        .contains("On hold since 2026-05-12 00:01:30 UTC");
    assertThat(email.html())
        .contains("Deletion job on hold", "There is nothing to do.", "2026-05-12 00:01:30 UTC");
  }

  @Test
  void tellsNeitherWhichHoldItIsNorHowManyConversationsConfidentialOnesKeep() {
    Email email =
        onHold(Counted.conversations(47).deleted(3).held(2).heldInConfidence(42).records(9));

    for (String text : List.of(words(email.text()), email.html())) {
      assertThat(text).doesNotContain("canary").doesNotContain("47", "42", "44");
    }
  }
}
