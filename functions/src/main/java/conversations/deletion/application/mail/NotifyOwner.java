package conversations.deletion.application.mail;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.NoAnswerException;
import conversations.deletion.application.port.OwnerMail.SenderRefusedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OwnerNotification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the bot's owner by e-mail that a job has ended. It does not change the job.
 *
 * <p>An attempt that certainly failed sends nothing, so it is made again for as long as there is
 * time, however often that is. So is one that was refused for something that the operators have to
 * mend, and a metric of its own counts it. An attempt without an answer may have sent the e-mail,
 * so it is made again only once in the job's life.
 *
 * <p>Safe for use by several threads.
 */
public final class NotifyOwner {

  private final CompletionEmails emails;
  private final OwnerMail mail;
  private final Duration tryFor;
  private final InstantSource clock;
  private final OperatorLog log;
  private final MetricCounter metrics;

  /**
   * @param tryFor how long after a job's end a failed attempt is made again
   */
  public NotifyOwner(
      CompletionEmails emails,
      OwnerMail mail,
      Duration tryFor,
      InstantSource clock,
      OperatorLog log,
      MetricCounter metrics) {
    this.emails = emails;
    this.mail = mail;
    this.tryFor = tryFor;
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
  }

  /**
   * Sends the e-mail about a job that has ended, in one attempt.
   *
   * @param confirm runs right before the e-mail is sent; if it throws, no e-mail is sent
   * @return the new state of the e-mail
   * @throws RuntimeException what {@code confirm} threw, or if the bot or the client app could not
   *     be looked up
   */
  public OwnerNotification attempt(DeletionJob job, Runnable confirm) {
    OwnerNotification before = job.state().notification();
    Optional<Email> email = emails.about(job);
    if (email.isEmpty()) {
      return givenUp(job, "no_owner_address", null);
    }
    // Nothing that could take long may come between the check of the lease and the e-mail.
    confirm.run();
    try {
      mail.send(email.get());
      log.info("owner_mail_sent", OperatorLog.of(job.ref()));
      return before.sent(clock.instant());
    } catch (UndeliverableException e) {
      return givenUp(job, e.reason(), e);
    } catch (NoAnswerException e) {
      if (before.hadNoAnswer() || isTimeUp(job)) {
        return givenUp(job, OwnerNotification.NO_ANSWER, e);
      }
      log.warn("owner_mail_unanswered", OperatorLog.of(job.ref()), e);
      return before.failed(OwnerNotification.NO_ANSWER);
    } catch (MailFailedException e) {
      if (isTimeUp(job)) {
        return givenUp(job, e.reason(), e);
      }
      tellOfFailure(job, e);
      return before.failed(e.reason());
    }
  }

  private void tellOfFailure(DeletionJob job, MailFailedException failure) {
    Map<String, Object> fields = OperatorLog.of(job.ref(), Map.of("reason", failure.reason()));
    if (failure instanceof SenderRefusedException) {
      log.error("owner_mail_held_up", fields, failure);
      metrics.add(Metric.OWNER_MAILS_HELD_UP, 1);
    } else {
      log.warn("owner_mail_failed", fields, failure);
    }
  }

  private boolean isTimeUp(DeletionJob job) {
    Instant end = job.state().completedAt().orElseThrow();
    return !clock.instant().isBefore(end.plus(tryFor));
  }

  private OwnerNotification givenUp(DeletionJob job, String reason, Throwable cause) {
    OwnerNotification given = job.state().notification().givenUp(reason);
    Map<String, Object> fields = OperatorLog.of(job.ref(), Map.of("reason", reason));
    if (given.status() == OwnerNotification.Status.UNCONFIRMED) {
      log.error("owner_mail_unconfirmed", fields, cause);
    } else {
      log.error("owner_mail_undeliverable", fields, cause);
    }
    return given;
  }
}
