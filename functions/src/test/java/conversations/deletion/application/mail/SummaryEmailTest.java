package conversations.deletion.application.mail;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import conversations.deletion.simulation.Counted;
import conversations.deletion.testing.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryEmailTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");

  private static DeletionJob job(int number, JobStatus status) {
    return Jobs.ended(Jobs.queued(BOT, number, NOW), status);
  }

  private static Email email(DeletionJob... jobs) {
    return email(false, jobs);
  }

  private static Email email(boolean hasBucket, DeletionJob... jobs) {
    Bot bot = new Bot(BOT, Optional.of("Bot <b>"), Optional.of("owner@example.com"));
    return SummaryEmail.of(
        List.of(jobs),
        bot,
        new CompletionEmails(
            _ -> Optional.of(bot),
            _ -> Optional.of("Shop \u202eback end"),
            Duration.ofDays(7),
            hasBucket));
  }

  @Test
  void listsEachJobWithHowItEnded() {
    DeletionJob completed = job(1, JobStatus.COMPLETED);
    DeletionJob failed = job(2, JobStatus.FAILED);

    Email email = email(completed, failed);

    assertThat(email.to()).isEqualTo("owner@example.com");
    assertThat(email.subject()).isEqualTo("2 deletion jobs ended: st-1");
    assertThat(List.of(email.text().replaceAll("\\s+", " "), email.html()))
        .allSatisfy(
            part ->
                assertThat(part)
                    .contains(completed.id().value())
                    .contains(failed.id().value() + ", failed, 2026-11-24 "));
  }

  @Test
  void saysWhoAskedForEachAndUntilWhenBackupsHoldIt() {
    DeletionJob one = job(1, JobStatus.COMPLETED);
    DeletionJob other = one.with(one.state().with(Counted.conversations(1).deleted(1).records(2)));

    Email email = email(one, other);

    assertThat(
            List.of(email.text().replaceAll("\\s+", " "), email.html().replaceAll("</?bdi>", "")))
        .allSatisfy(
            part ->
                assertThat(part)
                    .contains("Asked by Shop back end (")
                    .contains(
                        "Backups of this service hold what was deleted until 2026-12-01 03:00:00"));
    assertThat(email.html()).contains("<bdi>Shop back end</bdi>");
  }

  @Test
  void tellsAttachmentsAndRetainedRecordsOfEachJobAndOfAll() {
    DeletionJob one = job(1, JobStatus.COMPLETED);
    DeletionJob other =
        one.with(
            one.state()
                .with(Counted.conversations(1).deleted(1).attachments(3).retained(4).records(2)));

    Email email = email(true, other, other);

    assertThat(email.text()).contains("Attachments deleted                6");
    assertThat(email.text().replaceAll("\\s+", " "))
        .contains("Deleted: 1 of 1 conversation, 2 records, 3 attachments.")
        .contains("Retained 8 records of deleted conversations")
        .contains("hold the deleted records, but no attachments, until 2026-12-01");
    assertThat(email.html())
        .contains("Attachments deleted", "2 records, 3 attachments.", "8 records of deleted");
  }

  @Test
  void saysNothingOfAttachmentsAndRetainedRecordsWhereThereAreNone() {
    Email email = email(job(1, JobStatus.COMPLETED), job(2, JobStatus.FAILED));

    assertThat(List.of(email.text(), email.html()))
        .noneMatch(part -> part.toLowerCase(Locale.ROOT).contains("attachm"))
        .noneMatch(part -> part.contains("Retained"));
  }

  @Test
  void saysWhatToDoWhereANewJobAloneDoesNotHelp() {
    String advice = "If the reason is attachments_refused or id_unusable, ask the operators first";

    assertThat(email(true, job(1, JobStatus.COMPLETED), job(2, JobStatus.FAILED)).html())
        .contains(advice);
    assertThat(email(true, job(1, JobStatus.COMPLETED), job(2, JobStatus.COMPLETED)).html())
        .doesNotContain(advice);
  }

  @Test
  void looksLikeTheWorstOfThem() {
    Email good = email(job(1, JobStatus.COMPLETED), job(2, JobStatus.COMPLETED));
    Email bad = email(job(1, JobStatus.COMPLETED), job(2, JobStatus.FAILED));

    String red = "#ab1f17";
    assertThat(good.html()).doesNotContain(red);
    assertThat(bad.html()).contains(red);
  }

  @Test
  void isolatesWhatIsNotItsOwn() {
    DeletionJob one = job(1, JobStatus.COMPLETED);
    DeletionJob referenced =
        new DeletionJob(
            BOT,
            one.id(),
            one.requestedBy(),
            one.target(),
            NOW,
            one.state(),
            Optional.empty(),
            Terms.of(Optional.of(new Reference("REQ \u05d1 <i>"))));

    assertThat(email(one, referenced).html())
        .contains("<bdi>Bot &lt;b&gt;</bdi> (st-1)", "<bdi>REQ \u05d1 &lt;i&gt;</bdi>");
  }
}
