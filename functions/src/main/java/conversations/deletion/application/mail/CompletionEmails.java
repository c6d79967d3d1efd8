package conversations.deletion.application.mail;

import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes the e-mails about jobs that have ended.
 *
 * @param backups how long backups of this service hold what was deleted; zero if it makes none
 * @param hasBucket whether conversations may have attachments. If not, no e-mail speaks of them,
 *     unless a job deleted some before that changed
 */
public record CompletionEmails(
    Bots bots, ClientAppNames clientApps, Duration backups, boolean hasBucket) {

  /** The bot, if an address of its owner is known. */
  Optional<Bot> whoseOwnerIsKnown(BotId id) {
    return bots.find(id).filter(bot -> bot.ownerEmail().isPresent());
  }

  /**
   * Writes the e-mail about one job, or about several of a bot.
   *
   * @param bot their bot, whose owner has an address
   * @throws RuntimeException if a client app could not be looked up
   */
  Email about(List<DeletionJob> jobs, Bot bot) {
    return jobs.size() == 1
        ? CompletionEmail.of(jobs.getFirst(), bot, this)
        : SummaryEmail.of(jobs, bot, this);
  }
}
