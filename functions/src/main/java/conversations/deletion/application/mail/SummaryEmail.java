package conversations.deletion.application.mail;

import conversations.deletion.application.mail.CompletionEmail.Content;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The e-mail that tells a bot's owner of several jobs at once, each in a line, because more ended
 * within an hour than anybody gets e-mails for. It names no channel user and no conversation.
 */
final class SummaryEmail {

  private SummaryEmail() {}

  /**
   * Writes the e-mail about jobs that have ended.
   *
   * @param bot their bot, whose owner has an address
   * @throws RuntimeException if a client app could not be looked up
   */
  static Email of(List<DeletionJob> jobs, Bot bot, CompletionEmails emails) {
    String headline = jobs.size() + " deletion jobs ended";
    Counts sum = jobs.stream().map(job -> job.state().counts()).reduce(Counts.NONE, Counts::plus);
    Ending worst = worst(jobs);
    Content content =
        new Content(
            Tone.of(worst),
            headline,
            "You get one e-mail for them all, as many jobs ended within an hour.",
            "Look at each that is not completed. Whoever asked can look up by its id what was asked"
                + " for, what is left and why."
                + worst.moreAdvice(emails.hasBucket()),
            counts(jobs.size(), sum, emails.hasBucket()),
            facts(jobs, sum, bot, emails.clientApps()),
            Map.of(),
            CompletionEmail.backups(sum, lastEnd(jobs), emails.backups()) + CompletionEmail.OWNER);
    return new Email(
        bot.ownerEmail().orElseThrow(),
        headline + ": " + bot.id(),
        CompletionEmailText.of(content),
        CompletionEmailHtml.of(content));
  }

  /** The order of endings is from the best to the worst, but for a cancel, which was asked for. */
  private static Ending worst(List<DeletionJob> jobs) {
    return jobs.stream()
        .map(job -> Ending.of(job.state()))
        .max(Comparator.comparing(ending -> ending == Ending.CANCELLED ? -1 : ending.ordinal()))
        .orElseThrow();
  }

  private static Map<String, Long> counts(long jobs, Counts sum, boolean hasBucket) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("Jobs", jobs);
    counts.put("Conversations deleted", sum.deleted());
    counts.put("Conversations failed", sum.failed());
    counts.put("Conversations not there", sum.skipped());
    counts.put("Records deleted", sum.deletedRecords());
    if (hasBucket || sum.deletedAttachments() > 0) {
      counts.put("Attachments deleted", sum.deletedAttachments());
    }
    return counts;
  }

  private static Optional<Instant> lastEnd(List<DeletionJob> jobs) {
    return jobs.stream()
        .map(job -> job.state().completedAt().orElseThrow())
        .max(Comparator.naturalOrder());
  }

  private static Map<String, String> facts(
      List<DeletionJob> jobs, Counts sum, Bot bot, ClientAppNames clientApps) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Bot", CompletionEmail.named(bot.name(), bot.id().value()));
    CompletionEmail.retained(sum.retainedRecords()).ifPresent(text -> facts.put("Retained", text));
    Map<ClientAppId, String> askers = new HashMap<>();
    int number = 0;
    for (DeletionJob job : jobs) {
      String asker =
          askers.computeIfAbsent(
              job.requestedBy(), id -> CompletionEmail.clientApp(id, clientApps));
      facts.put("Job " + ++number, line(job, asker));
    }
    return facts;
  }

  private static String line(DeletionJob job, String asker) {
    String reference =
        job.reference().map(one -> " Reference: " + OutsideText.isolated(one.value())).orElse("");
    return "%s, %s, %s. %s Asked by %s.%s"
        .formatted(
            job.id(),
            Ending.of(job.state()).headline(),
            CompletionEmail.moment(job.state().completedAt().orElseThrow()),
            CompletionEmail.deleted(job.state().counts()),
            asker,
            reference);
  }
}
