package conversations.deletion.application.housekeeping;

import conversations.deletion.application.mail.MailLimit;
import conversations.deletion.application.mail.NoticeEmails;
import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.OwnerMail;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.NoAnswerException;
import conversations.deletion.application.port.OwnerMail.SenderRefusedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.application.port.OwnerNotices;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.OwnerNotice;
import conversations.deletion.domain.OwnerNotification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells owners of jobs that have not ended: that they were submitted, or wait for a hold.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Trouble with an e-mail changes nothing of the job.
 *   <li>An attempt is stored before it begins, under the condition that no other run began one. So
 *       two runs at once send one e-mail. A second one is sent only after a crash between the
 *       e-mail service's answer and the removal of the notice, or, once, if there was no answer.
 *   <li>What is not so any more is not told.
 *   <li>These e-mails count as all others do. Beyond the limit they wait.
 * </ul>
 */
public final class SendOwnerNotices implements HousekeepingTask {

  /** What the rest of an attempt may take beside the e-mail service. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  /** If so many notices fail, the cause is not in them. */
  private static final int MAX_FAILED = 3;

  private final OwnerNotices notices;
  private final DeletionJobs jobs;
  private final NoticeEmails emails;
  private final MailLimit limit;
  private final OwnerMail mail;
  private final Telling telling;
  private final Duration mailTimeout;

  /**
   * How it tells the time, and operators what it does.
   *
   * @param clock the wall clock
   */
  public record Telling(InstantSource clock, OperatorLog log, Metrics metrics) {}

  /**
   * @param mailTimeout how long the e-mail service may take to answer
   */
  public SendOwnerNotices(
      OwnerNotices notices,
      DeletionJobs jobs,
      NoticeEmails emails,
      MailLimit limit,
      OwnerMail mail,
      Telling telling,
      Duration mailTimeout) {
    this.notices = notices;
    this.jobs = jobs;
    this.emails = emails;
    this.limit = limit;
    this.mail = mail;
    this.telling = telling;
    this.mailTimeout = mailTimeout;
  }

  @Override
  public String name() {
    return "ownerNoticesSent";
  }

  @Override
  public int run(Supplier<Duration> timeLeft) {
    Duration needed = mailTimeout.plus(RESERVE);
    Iterator<OwnerNotice> due = notices.due(now()).iterator();
    Set<BotId> heldBack = new HashSet<>();
    int sent = 0;
    int failed = 0;
    while (timeLeft.get().compareTo(needed) > 0 && due.hasNext()) {
      OwnerNotice notice = due.next();
      try {
        sent += handle(notice, heldBack) ? 1 : 0;
      } catch (RuntimeException e) {
        telling.log().warn("owner_notice_not_handled", OperatorLog.of(notice.job()), e);
        if (++failed == MAX_FAILED) {
          throw e;
        }
      }
    }
    return sent;
  }

  private boolean handle(OwnerNotice notice, Set<BotId> heldBack) {
    Optional<DeletionJob> job =
        jobs.find(notice.job().bot(), notice.job().job())
            .filter(one -> notice.isOfUse(one.state()));
    if (job.isEmpty()) {
      notices.remove(notice);
      telling.log().info("owner_notice_dropped", OperatorLog.of(notice.job()));
      return false;
    }
    Optional<Bot> bot = emails.whoseOwnerIsKnown(notice.job().bot());
    if (bot.isEmpty()) {
      giveUp(notice, "no_owner_address", null);
      return false;
    }
    if (heldBack.contains(bot.get().id())
        || limit.leftAfter(bot.get().ownerEmail().orElseThrow(), bot.get().id()) < 0) {
      heldBack.add(bot.get().id());
      holdBack(notice);
      return false;
    }
    Email email = emails.about(notice.occasion(), job.get(), bot.get());
    OwnerNotice begun = notice.begun(now());
    return notices.begin(notice, begun) && send(email, begun);
  }

  /** A later run looks again whether the owner may get one more. */
  private void holdBack(OwnerNotice notice) {
    if (notice.isLastAttemptAt(now())) {
      giveUp(notice, OwnerNotification.TOO_MANY, null);
    } else {
      telling.log().info("owner_notice_held_back", OperatorLog.of(notice.job()));
    }
  }

  private boolean send(Email email, OwnerNotice notice) {
    try {
      mail.send(email);
    } catch (UndeliverableException e) {
      giveUp(notice, e.reason(), e);
      return false;
    } catch (NoAnswerException e) {
      unanswered(notice, e);
      return false;
    } catch (MailFailedException e) {
      failed(notice, e);
      return false;
    }
    notices.remove(notice);
    telling.log().info("owner_notice_sent", OperatorLog.of(notice.job()));
    count(Metric.OWNER_MAILS_SENT);
    return true;
  }

  private void unanswered(OwnerNotice notice, NoAnswerException failure) {
    if (notice.hadNoAnswer() || notice.isLastAttemptAt(now())) {
      giveUp(notice, OwnerNotification.NO_ANSWER, failure);
      return;
    }
    notices.hadNoAnswer(notice);
    telling.log().warn("owner_notice_unanswered", OperatorLog.of(notice.job()), failure);
    count(Metric.OWNER_MAILS_FAILED);
  }

  private void failed(OwnerNotice notice, MailFailedException failure) {
    if (notice.isLastAttemptAt(now())) {
      giveUp(notice, failure.reason(), failure);
      return;
    }
    Map<String, Object> fields = OperatorLog.of(notice.job(), Map.of("reason", failure.reason()));
    if (failure instanceof SenderRefusedException) {
      telling.log().error("owner_notice_held_up", fields, failure);
      telling
          .metrics()
          .report(Map.of(Metric.OWNER_MAILS_FAILED, 1L, Metric.OWNER_MAILS_HELD_UP, 1L));
    } else {
      telling.log().warn("owner_notice_failed", fields, failure);
      count(Metric.OWNER_MAILS_FAILED);
    }
  }

  private void giveUp(OwnerNotice notice, String reason, RuntimeException cause) {
    notices.remove(notice);
    boolean mayHaveIt = notice.hadNoAnswer() || reason.equals(OwnerNotification.NO_ANSWER);
    telling
        .log()
        .error(
            "owner_notice_given_up", OperatorLog.of(notice.job(), Map.of("reason", reason)), cause);
    count(mayHaveIt ? Metric.OWNER_MAILS_UNCONFIRMED : Metric.OWNER_MAILS_UNDELIVERABLE);
  }

  private void count(Metric metric) {
    telling.metrics().report(Map.of(metric, 1L));
  }

  private Instant now() {
    return telling.clock().instant();
  }
}
