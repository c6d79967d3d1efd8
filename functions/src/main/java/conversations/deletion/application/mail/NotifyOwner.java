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
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OwnerNotification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Tells the bot's owner by e-mail that jobs have ended. It does not change the jobs.
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
  private final MailLimit limit;
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
      MailLimit limit,
      OwnerMail mail,
      Duration tryFor,
      InstantSource clock,
      OperatorLog log,
      MetricCounter metrics) {
    this.emails = emails;
    this.limit = limit;
    this.mail = mail;
    this.tryFor = tryFor;
    this.clock = clock;
    this.log = log;
    this.metrics = metrics;
  }

  /**
   * Sends an e-mail about a job that has ended, in one attempt, unless the bot's owner had too many
   * lately.
   *
   * @param others further jobs of the bot of which the owner is told in the same e-mail, by how
   *     many more e-mails the owner may get; asked for only if this one may be sent
   * @param confirm runs right before the e-mail is sent; if it throws, no e-mail is sent
   * @return the new state of the e-mail about the job, and about each of the others in their order
   * @throws RuntimeException what {@code others} or {@code confirm} threw, or if the bot or a
   *     client app could not be looked up
   */
  public List<OwnerNotification> attempt(
      DeletionJob job, IntFunction<List<DeletionJob>> others, Runnable confirm) {
    Optional<Bot> bot = emails.whoseOwnerIsKnown(job.bot());
    if (bot.isEmpty()) {
      return List.of(givenUp(job, "no_owner_address", null));
    }
    int left = limit.leftAfter(bot.get().ownerEmail().orElseThrow(), job.bot());
    if (left < 0 && !job.state().notification().hadNoAnswer()) {
      return List.of(heldBack(job));
    }
    List<DeletionJob> jobs = new ArrayList<>(List.of(job));
    jobs.addAll(others.apply(left));
    Email email = emails.about(jobs, bot.get());
    // Nothing that could take long may come between the check of the lease and the e-mail.
    confirm.run();
    try {
      mail.send(email);
      return each(jobs, this::sent);
    } catch (UndeliverableException e) {
      return each(jobs, one -> givenUp(one, e.reason(), e));
    } catch (NoAnswerException e) {
      return each(jobs, one -> unanswered(one, e));
    } catch (MailFailedException e) {
      return each(jobs, one -> failed(one, e));
    }
  }

  private static List<OwnerNotification> each(
      List<DeletionJob> jobs, Function<DeletionJob, OwnerNotification> outcome) {
    return jobs.stream().map(outcome).toList();
  }

  /** A job keeps whom it was about until its owner was told, so this too comes to an end. */
  private OwnerNotification heldBack(DeletionJob job) {
    if (isTimeUp(job)) {
      return givenUp(job, OwnerNotification.TOO_MANY, null);
    }
    log.info("owner_mail_held_back", OperatorLog.of(job.ref()));
    return job.state().notification().heldBack();
  }

  private OwnerNotification sent(DeletionJob job) {
    log.info("owner_mail_sent", OperatorLog.of(job.ref()));
    return job.state().notification().sent(clock.instant());
  }

  private OwnerNotification unanswered(DeletionJob job, NoAnswerException failure) {
    OwnerNotification before = job.state().notification();
    if (before.hadNoAnswer() || isTimeUp(job)) {
      return givenUp(job, OwnerNotification.NO_ANSWER, failure);
    }
    log.warn("owner_mail_unanswered", OperatorLog.of(job.ref()), failure);
    return before.failed(OwnerNotification.NO_ANSWER);
  }

  private OwnerNotification failed(DeletionJob job, MailFailedException failure) {
    if (isTimeUp(job)) {
      return givenUp(job, failure.reason(), failure);
    }
    tellOfFailure(job, failure);
    return job.state().notification().failed(failure.reason());
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
