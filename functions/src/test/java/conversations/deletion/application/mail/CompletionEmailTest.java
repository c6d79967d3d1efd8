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
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompletionEmailTest {

  private static final Instant SUBMITTED = Instant.parse("2026-05-08T17:49:06.505Z");
  private static final Instant ENDED = Instant.parse("2026-05-08T20:01:12.618Z");
  private static final BotId BOT = new BotId("st-1");
  private static final JobId JOB = JobId.of(BOT, new ClientAppId("app"), "1");
  private static final String USER = "u-e64325ed-82dc-5dd4-88dd-54ac52e0a1b2";

  @Test
  void tellsWhatWasAskedAndWhatCameOfIt() {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(3).deleted(3).records(89),
            "Parcel bot");

    assertThat(email.to()).isEqualTo("owner@bots.example");
    assertThat(email.subject()).startsWith("Deletion job completed: cdj-");
    for (String body : new String[] {email.text(), email.html()}) {
      assertThat(body)
          .contains("Deleted: 3 of 3 conversations, 89 records.")
          .contains("Parcel bot (st-1)", "a list of conversations", "2026-05-08 20:01:12 UTC")
          .contains("There is nothing for you to do.");
    }
  }

  @Test
  void masksTheChannelUser() {
    DateRange range = new DateRange(Instant.parse("2026-05-04T00:00:00Z"), SUBMITTED);
    Email email =
        email(
            new ChannelUserConversations(new ChannelUserId(USER), range),
            Counted.conversations(1).deleted(1).records(2),
            "Parcel bot");

    assertThat(email.text()).contains("channel user u-e643…").doesNotContain(USER);
    assertThat(email.html()).contains("channel user u-e643…").doesNotContain(USER);
    assertThat(email.html())
        .contains("between 2026-05-04 00:00:00 UTC and 2026-05-08 17:49:06 UTC");
  }

  @Test
  void saysWhatToDoWhereSomethingFailed() {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(3).deleted(2).failed(1).records(50),
            "Parcel bot");

    assertThat(email.subject()).startsWith("Deletion job partially completed");
    assertThat(email.text())
        .contains("1 conversation could not be deleted")
        .contains("Submit a new deletion job");
  }

  @Test
  void alignsTheTextAndWrapsItAt78() {
    DateRange range = new DateRange(Instant.parse("2026-05-04T00:00:00Z"), SUBMITTED);
    Email email =
        email(
            new ChannelUserConversations(new ChannelUserId(USER), range),
            Counted.conversations(1_204).deleted(1_203).failed(1).records(35_116),
            "Parcel bot");

    assertThat(email.text())
        .isEqualTo(
            """
            Deletion job partially completed

            Deleted: 1203 of 1204 conversations, 35116 records.

            1 conversation could not be deleted, even after retries in later off-peak
            windows. Submit a new deletion job for what is left. If that fails too, give
            its job id to the platform's operators.

            Conversations in total      1204
            Conversations deleted       1203
            Conversations failed           1
            Conversations not found        0
            Records deleted            35116

            Bot         Parcel bot (st-1)
            Job         %s
            Asked for   the conversations of channel user u-e643… that began between
                        2026-05-04 00:00:00 UTC and 2026-05-08 17:49:06 UTC
            Submitted   2026-05-08 17:49:06 UTC
            Started     2026-05-08 17:49:06 UTC
            Ended       2026-05-08 20:01:12 UTC

            Deleted conversations can't be brought back. You get this e-mail because you
            are the bot's owner.
            """
                .formatted(JOB));
  }

  @Test
  void keepsABotsNameFromBreakingTheText() {
    String name = "Parcel\r\nbot: " + "x".repeat(90) + " and more words than a line holds";
    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), name);

    assertThat(email.text()).contains("Bot         Parcel bot:\n            xxx");
    assertThat(email.text().lines().filter(line -> line.length() > 78))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("x".repeat(90)));
  }

  @Test
  void fetchesNothingAndRunsNothing() {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(3).deleted(2).failed(1).records(50),
            "Parcel bot");

    assertThat(email.html())
        .doesNotContain("<img", "<script", "<link", "url(", "@import", "http", "src=", "href=");
  }

  @Test
  void keepsNoLineOfTheHtmlFromBreaking() {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(3).deleted(2).failed(1).records(50),
            "Parcel bot");

    assertThat(email.html()).contains("word-break:break-word").doesNotContain("nowrap", "<pre");
  }

  @Test
  void escapesTheBotsNameInHtml() {
    Email email =
        email(
            new ListedConversations(), Counted.conversations(1).deleted(1).records(2), "<b>&\"co");

    assertThat(email.html()).contains("&lt;b&gt;&amp;&quot;co").doesNotContain("<b>");
    assertThat(email.text()).contains("<b>&\"co");
  }

  private static Email email(DeletionTarget target, Counts counts, String botName) {
    JobState state =
        JobState.submitted(SUBMITTED, 0)
            .pickedUp(SUBMITTED)
            .with(counts)
            .ended(JobStatus.endOf(counts), ENDED);
    DeletionJob job =
        new DeletionJob(
            BOT, JOB, new ClientAppId("app"), target, SUBMITTED, state, Optional.empty());
    Bot bot = new Bot(BOT, Optional.of(botName), Optional.of("owner@bots.example"));
    return CompletionEmail.of(job, bot, "owner@bots.example");
  }
}
