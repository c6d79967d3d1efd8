package conversations.deletion.application.mail;

import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.ClientAppNames;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.DeletionJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes the e-mails about jobs that have ended.
 *
 * @param backups how long backups of this service hold what was deleted; zero if it makes none
 */
public record CompletionEmails(Bots bots, ClientAppNames clientApps, Duration backups) {

  /**
   * Writes the e-mail about one job, or about several of a bot; empty if no address of the bot's
   * owner is known.
   *
   * @throws RuntimeException if the bot or a client app could not be looked up
   */
  Optional<Email> about(List<DeletionJob> jobs) {
    return bots.find(jobs.getFirst().bot())
        .filter(bot -> bot.ownerEmail().isPresent())
        .map(
            bot ->
                jobs.size() == 1
                    ? CompletionEmail.of(jobs.getFirst(), bot, clientApps, backups)
                    : SummaryEmail.of(jobs, bot));
  }
}
