package conversations.deletion.application.mail;

import conversations.deletion.application.mail.CompletionEmail.Content;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.RequestType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the e-mails that tell owners of submitted jobs: who asked for what, when it begins, and
 * until when and how it can be cancelled. They have no content of a conversation, and mask the
 * channel user.
 */
public record SubmissionEmails(Bots bots, ClientAppNames clientApps) {

  /** The bot, if an address of its owner is known. */
  public Optional<Bot> whoseOwnerIsKnown(BotId id) {
    return bots.find(id).filter(bot -> bot.ownerEmail().isPresent());
  }

  /**
   * Writes the e-mail about a job that has not ended.
   *
   * @param bot its bot, whose owner has an address
   * @throws RuntimeException if the client app could not be looked up
   */
  public Email about(DeletionJob job, Bot bot) {
    Content content =
        new Content(
            Tone.PLAIN,
            "Deletion job submitted",
            summary(job),
            advice(job),
            counts(job),
            facts(job, bot),
            times(job),
            CompletionEmail.OWNER);
    return new Email(
        bot.ownerEmail().orElseThrow(),
        content.headline() + ": " + job.id(),
        CompletionEmailText.of(content),
        CompletionEmailHtml.of(content));
  }

  private static String summary(DeletionJob job) {
    return hasBegun(job)
        ? "Conversations of this bot are being deleted."
        : "Conversations of this bot will be deleted, from "
            + CompletionEmail.moment(begins(job))
            + " on.";
  }

  private static String advice(DeletionJob job) {
    String how =
        " If you did not expect it, ask whoever asked for it, or the platform's operators, to cancel"
            + " the job by its id (DELETE .../conversations/delete/"
            + job.id()
            + ").";
    return hasBegun(job)
        ? "What is deleted can't be brought back. A cancel now still keeps what has not been begun."
            + how
        : "What is deleted can't be brought back. Until "
            + CompletionEmail.moment(begins(job))
            + " the job can be cancelled, and then nothing is deleted."
            + how;
  }

  /** Only the number of listed conversations is known before a run has looked. */
  private static Map<String, Long> counts(DeletionJob job) {
    return job.target().requestType() == RequestType.CONVERSATION_IDS
        ? Map.of("Conversations asked for", job.state().counts().total())
        : Map.of();
  }

  private Map<String, String> facts(DeletionJob job, Bot bot) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Bot", CompletionEmail.named(bot.name(), bot.id().value()));
    facts.put("Job", job.id().value());
    facts.put("Asked by", CompletionEmail.clientApp(job.requestedBy(), clientApps));
    job.reference().ifPresent(one -> facts.put("Reference", OutsideText.isolated(one.value())));
    facts.put("Asked for", CompletionEmail.request(job.target()));
    return facts;
  }

  private static Map<String, String> times(DeletionJob job) {
    JobState state = job.state();
    Map<String, String> times = new LinkedHashMap<>();
    times.put("Submitted", CompletionEmail.moment(job.submittedAt()));
    job.notBefore().ifPresent(at -> times.put("Not before", CompletionEmail.moment(at)));
    if (!hasBegun(job)) {
      times.put("Begins", CompletionEmail.moment(begins(job)));
    }
    state.startedAt().ifPresent(start -> times.put("Started", CompletionEmail.moment(start)));
    return times;
  }

  private static boolean hasBegun(DeletionJob job) {
    return job.state().startedAt().isPresent();
  }

  /** A run begins with it then at the earliest. */
  private static Instant begins(DeletionJob job) {
    return job.state().scheduledAt();
  }
}
