package conversations.deletion.application.mail;

import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OwnerNotification;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the bot's owner by e-mail that a job has ended. It does not change the job.
 *
 * <p>Safe for use by several threads.
 */
public final class NotifyOwner {

  /** After this many attempts, at most an hour apart, the owner counts as unreachable. */
  private static final int MAX_ATTEMPTS = 100;

  private final Bots bots;
  private final OwnerMail mail;
  private final InstantSource clock;
  private final OperatorLog log;

  public NotifyOwner(Bots bots, OwnerMail mail, InstantSource clock, OperatorLog log) {
    this.bots = bots;
    this.mail = mail;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Sends the e-mail about a job that has ended, in one attempt.
   *
   * @param confirm runs right before the e-mail is sent; if it throws, no e-mail is sent
   * @return the new state of the e-mail
   * @throws RuntimeException what {@code confirm} threw, or if the bot could not be looked up
   */
  public OwnerNotification attempt(DeletionJob job, Runnable confirm) {
    OwnerNotification before = job.state().notification();
    Optional<Bot> bot = bots.find(job.bot());
    Optional<String> address = bot.flatMap(Bot::ownerEmail);
    if (address.isEmpty()) {
      return givenUp(job, "no_owner_address", null);
    }
    // Nothing that could take long may come between the check of the lease and the e-mail.
    confirm.run();
    try {
      mail.send(CompletionEmail.of(job, bot.get(), address.get()));
      log.info("owner_mail_sent", OperatorLog.of(job.ref()));
      return before.sent(clock.instant());
    } catch (UndeliverableException e) {
      return givenUp(job, e.reason(), e);
    } catch (MailFailedException e) {
      if (before.attempts() + 1 >= MAX_ATTEMPTS) {
        return givenUp(job, e.reason(), e);
      }
      log.warn("owner_mail_failed", OperatorLog.of(job.ref(), Map.of("reason", e.reason())), e);
      return before.failed(e.reason());
    }
  }

  private OwnerNotification givenUp(DeletionJob job, String reason, Throwable cause) {
    log.error(
        "owner_mail_undeliverable", OperatorLog.of(job.ref(), Map.of("reason", reason)), cause);
    return job.state().notification().undeliverable(reason);
  }
}
