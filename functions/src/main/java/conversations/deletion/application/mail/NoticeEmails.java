package conversations.deletion.application.mail;

import conversations.deletion.application.mail.CompletionEmail.Content;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OwnerNotice.Occasion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the e-mails that tell owners of jobs that have not ended. They have no content of a
 * conversation, and mask the channel user.
 */
public record NoticeEmails(Bots bots, ClientAppNames clientApps) {

  /** The bot, if an address of its owner is known. */
  public Optional<Bot> whoseOwnerIsKnown(BotId id) {
    return bots.find(id).filter(bot -> bot.ownerEmail().isPresent());
  }

  /**
   * Writes the e-mail about a job that has not ended.
   *
   * @param occasion what it is to tell
   * @param bot its bot, whose owner has an address
   * @throws RuntimeException if the client app could not be looked up
   */
  public Email about(Occasion occasion, DeletionJob job, Bot bot) {
    Map<String, String> facts = facts(job, bot);
    Content content =
        switch (occasion) {
          case SUBMITTED -> SubmissionEmail.of(job, facts);
          case ON_HOLD -> OnHoldEmail.of(job, facts);
        };
    return new Email(
        bot.ownerEmail().orElseThrow(),
        content.headline() + ": " + job.id(),
        CompletionEmailText.of(content),
        CompletionEmailHtml.of(content));
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
}
