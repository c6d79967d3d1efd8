package conversations.deletion.application.mail;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
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
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionEmailTest {

  private static final Instant SUBMITTED = Instant.parse("2026-05-08T17:49:06.505Z");
  private static final Instant ENDED = Instant.parse("2026-05-08T20:01:12.618Z");
  private static final BotId BOT = new BotId("st-1");
  private static final JobId JOB = JobId.of(BOT, new ClientAppId("app"), "1");
  private static final String GREEN = "#17713f";
  private static final String USER = "u-e64325ed-82dc-5dd4-88dd-54ac52e0a1b2";

  private Duration backups = Duration.ofDays(7);
  private Terms terms = Terms.NONE;
  private boolean hasBucket;

  @Test
  void tellsWhatWasAskedAndWhatCameOfIt() {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(3).deleted(3).records(89),
            "Parcel bot");

    assertThat(email.to()).isEqualTo("owner@bots.example");
    assertThat(email.subject()).startsWith("Deletion job completed: cdj-");
    for (String body : bodies(email)) {
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
    assertThat(email.html()).contains("channel user <bdi>u-e643…</bdi>").doesNotContain(USER);
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
        .contains("Not all that was found could be deleted")
        .contains("submit a new job for it");
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

            Not all that was found could be deleted. Whoever asked can look up by the
            job's id what is left and why, and submit a new job for it. If that fails too,
            give its id to the platform's operators.

            Conversations found             1204
            Conversations deleted           1203
            Conversations failed               1
            Conversations not there            0
            Records deleted                35116

            Bot              Parcel bot (st-1)
            Job              %s
            Asked by         Shop back end (app)
            Asked for        the conversations of channel user u-e643… that began between
                             2026-05-04 00:00:00 UTC and 2026-05-08 17:49:06 UTC
            Submitted        2026-05-08 17:49:06 UTC
            Started          2026-05-08 17:49:06 UTC
            Ended            2026-05-08 20:01:12 UTC

            Backups of this service hold what was deleted until 2026-05-15 20:01:12 UTC.
            It knows of no other copies. You get this e-mail because you are the bot's
            owner.
            """
                .formatted(JOB));
  }

  @Test
  void keepsABotsNameFromBreakingTheText() {
    String name = "Parcel\r\nbot: " + "x".repeat(90) + " and more words than a line holds";
    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), name);

    assertThat(email.text()).contains("Bot              Parcel bot:\n                 xxx");
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

  @Test
  void saysWhatLiesBeforeAStartThatNobodyNamed() {
    Email email = email(state -> state.withBeforeStart(2));

    for (String body : new String[] {email.text().replaceAll("\\s+", " "), email.html()}) {
      assertThat(body)
          .contains(
              "2 earlier conversations of this channel user, when the job looked. To delete them,"
                  + " a new job has to name a start date.");
    }
    assertThat(email(state -> state.withBeforeStart(1)).html())
        .contains("1 earlier conversation of this channel user", "To delete it, a new job");
  }

  @Test
  void saysNothingOfThemWhereThereAreNone() {
    assertThat(email(state -> state.withBeforeStart(0))).isEqualTo(email(state -> state));
    assertThat(email(state -> state).text()).doesNotContain("Left");
  }

  @Test
  void escapesTheChannelUserInHtml() {
    Email email =
        email(
            allOf("<b>&\"'<b>&\"'<b>&\"'"),
            Counted.conversations(1).deleted(1).records(2),
            "Parcel bot");

    assertThat(email.html()).contains("&lt;b&gt;&amp;&quot;").doesNotContain("<b>");
  }

  @ParameterizedTest
  @CsvSource({
    "alice.smith@example.com, ali…",
    "bob@example.com, b…",
    "+491700000000, +491…",
    "jo@example.com, hidden",
  })
  void showsAThirdOfWhatNamesThePerson(String user, String shown) {
    String text = email(allOf(user), Counts.NONE, "Parcel bot").text();

    assertThat(text).contains(shown).doesNotContain("@example");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, 0, 2, Conversations asked for, the conversations' ids, before",
    "0, 0, 0, 0, Conversations found, the channel user's id and the dates, outside the dates of the"
        + " job"
  })
  void saysWhatToCheckWhereNothingWasThere(
      long total,
      long deleted,
      long failed,
      long skipped,
      String row,
      String check,
      String lastReason) {
    DeletionTarget target = total > 0 ? new ListedConversations() : allOf(USER);
    Counts counts = new Counts(total, deleted, failed, skipped, 0, 0, 0, 0, 0);

    Email email = email(target, counts, "Parcel bot");

    assertThat(email.subject()).startsWith("Deletion job completed, nothing found: cdj-");
    for (String body : bodies(email)) {
      assertThat(body)
          .contains("Nothing that was asked for was there")
          .contains(lastReason + ". Check " + check + ", and whether this is the right bot")
          .contains(row)
          .doesNotContain("nothing for you to do", "Backups");
    }
    assertThat(email.html()).doesNotContain(GREEN);
  }

  @Test
  void saysOfAListThatWasThereInPartWhatTheRestMayBe() {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(3).deleted(2).skipped(1).records(7),
            "Parcel bot");

    assertThat(email.subject()).startsWith("Deletion job completed: cdj-");
    assertThat(email.text())
        .contains("All conversations that were found are deleted. The rest was not there")
        .doesNotContain("nothing for you to do");
  }

  /** Whatever it counts: it may have failed before it found anything. */
  @ParameterizedTest
  @ValueSource(longs = {0, 3})
  void neverCallsAFailedJobFine(long failed) {
    Counts counts = new Counts(failed, 0, failed, 0, 0, 0, 0, 0, 0);

    Email email = email(allOf(USER), counts, JobStatus.FAILED);

    assertThat(email.subject()).startsWith("Deletion job failed: cdj-");
    assertThat(email.text())
        .contains("What was asked for may still be there. Whoever asked can look up the reason")
        .doesNotContain("nothing for you to do");
    assertThat(email.html()).contains("#ab1f17").doesNotContain(GREEN);
  }

  @Test
  void saysOfACancelledJobWhatItLeftAsItWas() {
    Counts counts = Counted.conversations(5).deleted(1).failed(1).skipped(1).records(9);

    Email email = email(allOf(USER), counts, JobStatus.CANCELLED);

    assertThat(email.text())
        .contains("The job was cancelled.")
        .contains("Conversations not dealt with       2")
        .contains("Cancel asked by  Shop back end (app)")
        .doesNotContain("submit a new");
  }

  @Test
  void saysThatItKnowsOfNoBackupsWhereTheServiceMakesNone() {
    backups = Duration.ZERO;

    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(1).deleted(1).records(2),
            "Parcel bot");

    assertThat(email.text().replaceAll("\\s+", " "))
        .contains(
            "This service makes no backups of what was deleted, and knows of none that others")
        .doesNotContain("brought back");
  }

  @Test
  void tellsTheAttachmentsWhereThereIsABucketThoughThereWereNone() {
    hasBucket = true;

    Email none = email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2));
    Email some =
        email(
            new ListedConversations(),
            Counted.conversations(1).deleted(1).attachments(5).records(2));

    assertThat(none.text())
        .contains("Deleted: 1 of 1 conversation, 2 records.")
        .contains("\nAttachments deleted                0\n");
    assertThat(some.text())
        .contains("Deleted: 1 of 1 conversation, 2 records, 5 attachments.")
        .contains("\nAttachments deleted                5\n");
    assertThat(some.html())
        .contains("1 of 1 conversation, 2 records, 5 attachments.", "Attachments deleted");
  }

  @ParameterizedTest
  @EnumSource(
      value = JobStatus.class,
      names = {"COMPLETED", "PARTIALLY_COMPLETED", "FAILED", "CANCELLED"})
  void saysNothingOfAttachmentsWhereThereIsNoBucket(JobStatus end) {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(3).deleted(2).failed(1).records(50),
            end);

    assertThat(bodies(email)).noneMatch(body -> body.toLowerCase(Locale.ROOT).contains("attachm"));
  }

  @Test
  void tellsTheAttachmentsThatWereDeletedThoughTheBucketIsNoMoreNamed() {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(1).deleted(1).attachments(5).records(2));

    assertThat(bodies(email)).allMatch(body -> body.contains("Attachments deleted"));
  }

  @ParameterizedTest
  @EnumSource(
      value = JobStatus.class,
      names = {"PARTIALLY_COMPLETED", "FAILED"})
  void sendsToTheOperatorsFirstWhereANewJobAloneDoesNotHelp(JobStatus end) {
    hasBucket = true;
    Counts counts = Counted.conversations(1).failed(1).records(0);

    for (String body : bodies(email(new ListedConversations(), counts, end))) {
      assertThat(body)
          .contains(
              "If the reason is attachments_refused or id_unusable, ask the operators first: a new"
                  + " job helps only once that is mended.");
    }
    assertThat(bodies(email(new ListedConversations(), counts, JobStatus.CANCELLED)))
        .noneMatch(body -> body.contains("attachments_refused"));
  }

  @Test
  void saysWhatWasRetainedAndOfWhenTheNumberIs() {
    Email email =
        email(
            new ListedConversations(), Counted.conversations(1).deleted(1).retained(12).records(2));

    assertThat(bodies(email))
        .allMatch(
            body ->
                body.contains(
                    "12 records of deleted conversations, of types that the platform keeps, such as"
                        + " analytics. Counted when each conversation was last looked at."));
  }

  @Test
  void saysNothingOfRetainedRecordsWhereThereAreNone() {
    Email email = email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2));

    assertThat(bodies(email)).noneMatch(body -> body.contains("Retained"));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, Backups of this service hold what was deleted until 2026-05-15",
    "2, 5, 'Backups of this service hold the deleted records, but no attachments, until 2026-05-15'",
    "0, 5, This service makes no backups of what was deleted"
  })
  void saysOfBackupsOnlyWhatTheyHold(long records, long attachments, String told) {
    Email email =
        email(
            new ListedConversations(),
            Counted.conversations(1).deleted(1).attachments(attachments).records(records));

    assertThat(bodies(email)).allMatch(body -> body.contains(told));
  }

  @ParameterizedTest
  @CsvSource({
    "a, a channel user whose id is hidden",
    "ab, a channel user whose id is hidden",
    "abc, channel user a…",
    "abcdefghijk, channel user abc…",
    "abcdefghijklmnopqrstuvwxyz, channel user abcdef…"
  })
  void showsAtMostAThirdOfAnIdAndSixCharacters(String id, String shown) {
    Email email = email(allOf(id), Counted.conversations(0).records(0), "Parcel bot");

    assertThat(email.text()).contains("the conversations of " + shown);
  }

  @Test
  void isolatesWhatIsWrittenFromRightToLeft() {
    String name = "\u05d1\u05d5\u05d8";
    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), name);

    assertThat(email.html()).contains("<bdi>" + name + "</bdi> (st-1)");
    assertThat(email.text()).contains("\u2068" + name + "\u2069 (st-1)");
  }

  @Test
  void showsTheReferenceIsolatedAndOnlyIfThereIsOne() {
    terms = Terms.of(Optional.of(new Reference("REQ-4711 <b>")));

    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), "Bot");

    assertThat(email.text()).contains("\nReference        REQ-4711 <b>\n");
    assertThat(email.html()).contains("<bdi>REQ-4711 &lt;b&gt;</bdi>");
    assertThat(email.subject()).doesNotContain("REQ-4711");
  }

  @Test
  void namesTheMomentBeforeWhichNothingWasDeleted() {
    terms = new Terms(Optional.empty(), Optional.of(Instant.parse("2026-05-08T17:55:00Z")));

    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), "Bot");

    assertThat(email.text()).contains("\nNot before       2026-05-08 17:55:00 UTC\n");
    assertThat(email.html()).contains(">Not before<", "2026-05-08 17:55:00 UTC");
  }

  @Test
  void isolatesAnewInEachLineThatANameIsWrappedInto() {
    String name = "\u05d1\u05d5\u05d8 ".repeat(40).strip();
    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), name);

    assertThat(email.text().lines().filter(line -> line.contains("\u05d1")))
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(line).containsOnlyOnce("\u2068").containsOnlyOnce("\u2069"));
  }

  @Test
  void dropsWhatCannotBeSeenFromNames() {
    String name = "Par\u202ecel\u0000\u2069 \u200bbot\u001b[31m";
    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), name);

    assertThat(email.text()).contains("Bot              Parcel bot[31m (st-1)");
    assertThat(email.html()).contains("<bdi>Parcel bot[31m</bdi> (st-1)");
  }

  @Test
  void namesABotByItsIdWhoseNameHoldsNothingThatCanBeSeen() {
    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(2), "\u202e ");

    assertThat(email.text()).contains("Bot              st-1\n");
  }

  @Test
  void doesNotSayTwiceWhatIsNamedByItsId() {
    Email email =
        email(new ListedConversations(), Counted.conversations(1).deleted(1).records(1), "st-1");

    assertThat(email.text())
        .contains("Bot              st-1\n")
        .contains("Deleted: 1 of 1 conversation, 1 record.");
  }

  private static String[] bodies(Email email) {
    return new String[] {
      email.text().replaceAll("\\s+", " "), email.html().replaceAll("</?bdi>", "")
    };
  }

  private static DeletionTarget allOf(String user) {
    return new ChannelUserConversations(
        new ChannelUserId(user), new DateRange(Instant.parse("2026-05-04T00:00:00Z"), SUBMITTED));
  }

  private Email email(DeletionTarget target, Counts counts) {
    return email(target, counts, "Parcel bot");
  }

  private Email email(DeletionTarget target, Counts counts, String botName) {
    return email(target, counts, JobStatus.endOf(counts), botName);
  }

  private Email email(DeletionTarget target, Counts counts, JobStatus end) {
    return email(target, counts, end, "Parcel bot");
  }

  private Email email(DeletionTarget target, Counts counts, JobStatus end, String botName) {
    return email(target, counts, end, botName, state -> state);
  }

  private Email email(UnaryOperator<JobState> change) {
    DateRange range = new DateRange(Instant.parse("2026-05-04T00:00:00Z"), SUBMITTED);
    Counts counts = Counted.conversations(1).deleted(1).records(2);
    return email(
        new ChannelUserConversations(new ChannelUserId(USER), range, true),
        counts,
        JobStatus.endOf(counts),
        "Parcel bot",
        change);
  }

  private Email email(
      DeletionTarget target,
      Counts counts,
      JobStatus end,
      String botName,
      UnaryOperator<JobState> change) {
    ClientAppId app = new ClientAppId("app");
    JobState state =
        change.apply(
            JobState.submitted(SUBMITTED, 0)
                .pickedUp(SUBMITTED)
                .with(counts)
                .with(
                    end == JobStatus.CANCELLED
                        ? Optional.of(new CancelRequest(SUBMITTED, app))
                        : Optional.empty())
                .ended(end, ENDED));
    DeletionJob job =
        new DeletionJob(BOT, JOB, app, target, SUBMITTED, state, Optional.empty(), terms);
    Bot bot = new Bot(BOT, Optional.of(botName), Optional.of("owner@bots.example"));
    return CompletionEmail.of(
        job,
        bot,
        new CompletionEmails(
            _ -> Optional.of(bot), _ -> Optional.of("Shop back end"), backups, hasBucket));
  }
}
