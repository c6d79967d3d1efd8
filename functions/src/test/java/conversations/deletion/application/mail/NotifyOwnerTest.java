package conversations.deletion.application.mail;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.NoAnswerException;
import conversations.deletion.application.port.OwnerMail.SenderRefusedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.OwnerNotification.Status;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotifyOwnerTest {

  private static final BotId BOT = new BotId("st-1");
  private static final Instant END = Instant.parse("2026-05-08T20:01:12.618Z");
  private static final Duration TRY_FOR = Duration.ofDays(14);
  private static final RuntimeException THROTTLED = new MailFailedException("Throttling", null);
  private static final RuntimeException REFUSED =
      new UndeliverableException("MessageRejected", null);
  private static final RuntimeException NO_ANSWER = new NoAnswerException(null);

  private final RecordedLog log = new RecordedLog();
  private final List<Metric> counted = new ArrayList<>();
  private Optional<String> address = Optional.of("owner@bots.example");
  private Instant now = END;
  private int mails;
  private boolean isAdmitted = true;
  private DeletionJob job = Jobs.ended(Jobs.queued(BOT, 1, END), JobStatus.COMPLETED);

  @Test
  void triesAFailedEmailAgainHoweverOftenItFailsWhileThereIsTime() {
    now = END.plus(TRY_FOR).minusMillis(1);
    for (int attempt = 1; attempt <= 1_000; attempt++) {
      assertThat(attempt(THROTTLED).status()).isEqualTo(Status.PENDING);
    }

    assertThat(attempt(null).status()).isEqualTo(Status.SENT);
  }

  @Test
  void givesAFailedEmailUpOnceItsTimeIsOver() {
    now = END.plus(TRY_FOR);

    OwnerNotification told = attempt(THROTTLED);

    assertThat(told.status()).isEqualTo(Status.UNDELIVERABLE);
    assertThat(told.reason()).contains("Throttling");
    assertThat(lastEvent()).isEqualTo("owner_mail_undeliverable");
  }

  @Test
  void triesAnUnansweredEmailOnceMore() {
    assertThat(attempt(NO_ANSWER).status()).isEqualTo(Status.PENDING);
    assertThat(lastEvent()).isEqualTo("owner_mail_unanswered");

    OwnerNotification told = attempt(NO_ANSWER);

    assertThat(told.status()).isEqualTo(Status.UNCONFIRMED);
    assertThat(told.reason()).contains("NoAnswer");
    assertThat(mails).isEqualTo(2);
    assertThat(lastEvent()).isEqualTo("owner_mail_unconfirmed");
  }

  @Test
  void anAnswerToTheSecondAttemptSettlesIt() {
    attempt(NO_ANSWER);

    OwnerNotification told = attempt(null);

    assertThat(told.status()).isEqualTo(Status.SENT);
    assertThat(told.reason()).isEmpty();
  }

  @Test
  void aFailureInBetweenDoesNotHideAnUnansweredEmail() {
    attempt(NO_ANSWER);
    assertThat(attempt(THROTTLED).status()).isEqualTo(Status.PENDING);

    assertThat(attempt(NO_ANSWER).status()).isEqualTo(Status.UNCONFIRMED);
  }

  @Test
  void neverSaysUndeliverableOfAnEmailThatTheOwnerMayHave() {
    attempt(NO_ANSWER);
    assertThat(attempt(REFUSED).status()).isEqualTo(Status.UNCONFIRMED);

    start();
    attempt(NO_ANSWER);
    now = END.plus(TRY_FOR);
    assertThat(attempt(THROTTLED).status()).isEqualTo(Status.UNCONFIRMED);

    start();
    attempt(NO_ANSWER);
    address = Optional.empty();
    assertThat(attempt(null).status()).isEqualTo(Status.UNCONFIRMED);
  }

  @Test
  void triesAnUnansweredEmailNoMoreOnceItsTimeIsOver() {
    now = END.plus(TRY_FOR);

    assertThat(attempt(NO_ANSWER).status()).isEqualTo(Status.UNCONFIRMED);
  }

  @Test
  void keepsAnEmailThatItsOperatorsHoldUpAndCountsItForTheAlarm() {
    for (int attempt = 1; attempt <= 3; attempt++) {
      OwnerNotification told = attempt(new SenderRefusedException("SenderNotVerified", null));
      assertThat(told.status()).isEqualTo(Status.PENDING);
      assertThat(told.reason()).contains("SenderNotVerified");
    }
    assertThat(lastEvent()).isEqualTo("owner_mail_held_up");
    assertThat(counted).hasSize(3).containsOnly(Metric.OWNER_MAILS_HELD_UP);

    assertThat(attempt(null).status()).isEqualTo(Status.SENT);
  }

  @Test
  void givesARefusedEmailUpAtOnce() {
    OwnerNotification told = attempt(REFUSED);

    assertThat(told.status()).isEqualTo(Status.UNDELIVERABLE);
    assertThat(told.reason()).contains("MessageRejected");
  }

  @Test
  void holdsBackAnEmailToAnOwnerWhoHadTooMany() {
    isAdmitted = false;

    OwnerNotification told = attempt(null);

    assertThat(told.isHeldBack()).isTrue();
    assertThat(told.attempts()).isZero();
    assertThat(mails).isZero();
    assertThat(lastEvent()).isEqualTo("owner_mail_held_back");

    isAdmitted = true;
    assertThat(attempt(null).status()).isEqualTo(Status.SENT);
  }

  /** Until then, the job keeps whom it was about. */
  @Test
  void holdsAnEmailBackNoLongerThanItIsTried() {
    isAdmitted = false;
    now = END.plus(TRY_FOR);

    OwnerNotification told = attempt(null);

    assertThat(told.status()).isEqualTo(Status.UNDELIVERABLE);
    assertThat(told.reason()).contains("TooMany");
  }

  /** The owner may have it already, so it is not counted again. */
  @Test
  void anUnansweredEmailIsNotHeldBack() {
    attempt(NO_ANSWER);
    isAdmitted = false;

    assertThat(attempt(null).status()).isEqualTo(Status.SENT);
  }

  private void start() {
    job = Jobs.ended(Jobs.queued(BOT, 1, END), JobStatus.COMPLETED);
    now = END;
  }

  /** One attempt, in which the e-mail service throws this; if it is null, it takes the e-mail. */
  private OwnerNotification attempt(RuntimeException failure) {
    NotifyOwner notifyOwner =
        new NotifyOwner(
            new CompletionEmails(
                bot -> Optional.of(new Bot(bot, Optional.empty(), address)),
                _ -> Optional.empty(),
                Duration.ZERO,
                false),
            (_, _) -> isAdmitted ? 19 : -1,
            _ -> {
              mails++;
              if (failure != null) {
                throw failure;
              }
            },
            TRY_FOR,
            () -> now,
            log,
            (metric, _) -> counted.add(metric));
    OwnerNotification told = notifyOwner.attempt(job, _ -> List.of(), () -> {}).getFirst();
    job = job.with(job.state().with(told));
    return told;
  }

  private String lastEvent() {
    return log.lines().getLast().event();
  }
}
