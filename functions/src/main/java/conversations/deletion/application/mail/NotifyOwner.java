package conversations.deletion.application.mail;

import conversations.deletion.application.offpeak.Figures;
import conversations.deletion.application.offpeak.HeldLease;
import conversations.deletion.application.offpeak.LaterAttempt;
import conversations.deletion.application.port.Bots;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OwnerNotification;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the bot's owner that a job has ended, and closes the job.
 *
 * <p>Invariant: the e-mail is sent after the end is stored and while the lease is held, and marked
 * as sent after the e-mail service accepted it. Trouble with it never changes the job's status. A
 * crash between "accepted" and the mark sends a second e-mail: e-mail services take no idempotency
 * token.
 */
public final class NotifyOwner {

  /** After so many attempts, an hour apart at the most, the owner is held for unreachable. */
  private static final int MAX_ATTEMPTS = 100;

  private final Bots bots;
  private final OwnerMail mail;
  private final InstantSource clock;
  private final OperatorLog log;
  private final Figures figures;

  public NotifyOwner(
      Bots bots, OwnerMail mail, InstantSource clock, OperatorLog log, Figures figures) {
    this.bots = bots;
    this.mail = mail;
    this.clock = clock;
    this.log = log;
    this.figures = figures;
  }

  /** Sends the e-mail of a job that has ended, in one attempt, and gives the job back. */
  public void of(HeldLease lease) {
    OwnerNotification outcome = attempt(lease);
    DeletionJob job = lease.job();
    JobState state = job.state().with(outcome);
    switch (outcome.status()) {
      case SENT -> {
        log.info("owner_mail_sent", OperatorLog.of(job.ref()));
        figures.add(Metric.OWNER_MAILS_SENT, 1);
      }
      case UNDELIVERABLE -> {
        String why = outcome.reason().orElseThrow();
        lease.save(state, Optional.of(ChangeLogEntry.ownerNotNotified(job, clock.instant(), why)));
        figures.add(Metric.OWNER_MAILS_UNDELIVERABLE, 1);
      }
      case PENDING -> figures.add(Metric.OWNER_MAILS_FAILED, 1);
      case NOT_DUE -> {}
    }
    lease.release(
        state,
        outcome.isPending()
            ? Optional.of(clock.instant().plus(LaterAttempt.delayAfter(outcome.attempts())))
            : Optional.empty());
  }

  private OwnerNotification attempt(HeldLease lease) {
    DeletionJob job = lease.job();
    OwnerNotification before = job.state().notification();
    Optional<Bot> bot = bots.find(job.bot());
    Optional<String> address = bot.flatMap(Bot::ownerEmail);
    if (address.isEmpty()) {
      return givenUp(job, "no_owner_address", null);
    }
    // Nothing that could take long comes between the look at the lease and the e-mail.
    lease.confirm();
    try {
      mail.send(CompletionEmail.of(job, bot.get(), address.get()));
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
