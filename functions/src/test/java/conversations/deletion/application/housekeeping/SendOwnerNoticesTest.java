package conversations.deletion.application.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.mail.NoticeEmails;
import conversations.deletion.application.port.Metric;
import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.NoAnswerException;
import conversations.deletion.application.port.OwnerMail.SenderRefusedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.application.port.OwnerNotices;
import conversations.deletion.domain.Bot;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.CancelRequest;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OnHold;
import conversations.deletion.domain.OwnerNotice;
import conversations.deletion.simulation.Counted;
import conversations.deletion.testing.Jobs;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SendOwnerNoticesTest {

  private static final Instant SUBMITTED = Instant.parse("2026-05-08T12:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final BotId OTHER = new BotId("st-2");

  private final Map<JobRef, DeletionJob> jobs = new LinkedHashMap<>();
  private final Map<JobRef, OwnerNotice> notices = new LinkedHashMap<>();
  private final List<Email> mails = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private Instant now = SUBMITTED.plusSeconds(60);
  private Duration timeLeft = Duration.ofMinutes(2);
  private Optional<String> ownerEmail = Optional.of("owner@bots.example");
  private RuntimeException failure;
  private int left = 19;
  private int asked;
  private Runnable beforeItBegins = () -> {};

  private final OwnerNotices stored =
      new OwnerNotices() {
        @Override
        public Stream<OwnerNotice> due(Instant moment) {
          return List.copyOf(notices.values()).stream()
              .filter(notice -> !notice.dueAt().isAfter(moment));
        }

        @Override
        public boolean begin(OwnerNotice seen, OwnerNotice begun) {
          beforeItBegins.run();
          return notices.replace(seen.job(), seen, begun);
        }

        @Override
        public void hadNoAnswer(OwnerNotice notice) {
          notices.computeIfPresent(
              notice.job(),
              (job, one) ->
                  new OwnerNotice(
                      job, one.occasion(), one.since(), one.dueAt(), one.attempts(), true));
        }

        @Override
        public void remove(OwnerNotice notice) {
          notices.remove(notice.job());
        }
      };

  private DeletionJob submit(BotId bot, int number) {
    DeletionJob job = Jobs.queued(bot, number, SUBMITTED);
    jobs.put(job.ref(), job);
    notices.put(job.ref(), OwnerNotice.submitted(job));
    return job;
  }

  private int run() {
    return new SendOwnerNotices(
            stored,
            (bot, id) -> Optional.ofNullable(jobs.get(new JobRef(bot, id))),
            new NoticeEmails(
                bot -> Optional.of(new Bot(bot, Optional.empty(), ownerEmail)),
                _ -> Optional.empty()),
            (_, _) -> {
              asked++;
              return left--;
            },
            email -> {
              if (failure != null) {
                throw failure;
              }
              mails.add(email);
            },
            new SendOwnerNotices.Telling(() -> now, log, metrics),
            Duration.ofSeconds(20))
        .run(() -> timeLeft);
  }

  private String lastEvent() {
    return log.lines().getLast().event();
  }

  @Test
  void sendsEachOnce() {
    DeletionJob job = submit(BOT, 1);
    submit(BOT, 2);

    assertThat(run()).isEqualTo(2);
    assertThat(run()).isZero();

    assertThat(mails).hasSize(2);
    assertThat(mails.getFirst().to()).isEqualTo("owner@bots.example");
    assertThat(mails.getFirst().text()).contains(job.id().value());
    assertThat(notices).isEmpty();
    assertThat(metrics.reports()).containsOnly(Map.of(Metric.OWNER_MAILS_SENT, 1L));
    assertThat(lastEvent()).isEqualTo("owner_notice_sent");
  }

  @Test
  void sendsNothingOfAJobThatHasEndedOrIsToBeCancelled() {
    DeletionJob ended = submit(BOT, 1);
    DeletionJob cancelled = submit(BOT, 2);
    DeletionJob expired = submit(BOT, 3);
    jobs.put(ended.ref(), Jobs.ended(ended, JobStatus.COMPLETED));
    CancelRequest cancel = new CancelRequest(now, new ClientAppId("app-1"));
    jobs.put(cancelled.ref(), cancelled.with(cancelled.state().with(Optional.of(cancel))));
    jobs.remove(expired.ref());

    assertThat(run()).isZero();

    assertThat(mails).isEmpty();
    assertThat(notices).isEmpty();
    assertThat(asked).as("they count for no limit").isZero();
    assertThat(lastEvent()).isEqualTo("owner_notice_dropped");
  }

  /** It goes on, or has gone on: what the notice would tell is not so any more. */
  @Test
  void tellsThatAJobWaitsForAHoldOnlyWhileItDoes() {
    DeletionJob waiting = submit(BOT, 1);
    DeletionJob resumed = submit(BOT, 2);
    OnHold hold = new OnHold(now, true, Set.of(new HoldId("case-7")));
    JobState onHold =
        waiting
            .state()
            .with(Counted.conversations(2).held(2).records(0))
            .waitingForHolds(now, hold);
    jobs.put(waiting.ref(), waiting.with(onHold));
    jobs.put(resumed.ref(), resumed.with(onHold.pickedUp(now)));
    notices.put(waiting.ref(), OwnerNotice.onHold(waiting.ref(), now));
    notices.put(resumed.ref(), OwnerNotice.onHold(resumed.ref(), now));

    assertThat(run()).isEqualTo(1);

    assertThat(mails)
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.subject()).isEqualTo("Deletion job on hold: " + waiting.id());
              assertThat(mail.text()).doesNotContain("case-7");
            });
    assertThat(notices).isEmpty();
  }

  @Test
  void doesNotTellOfASubmissionWhereTheJobWaitsForAHoldAlready() {
    DeletionJob job = submit(BOT, 1);
    OnHold hold = new OnHold(now, true, Set.of(new HoldId("case-7")));
    JobState onHold =
        job.state().with(Counted.conversations(2).held(2).records(0)).waitingForHolds(now, hold);
    jobs.put(job.ref(), job.with(onHold));

    assertThat(run()).isZero();

    assertThat(notices).isEmpty();
  }

  @Test
  void ofTwoRunsAtOnceOneSends() {
    submit(BOT, 1);
    beforeItBegins =
        () -> {
          beforeItBegins = () -> {};
          run();
        };

    assertThat(run()).isZero();

    assertThat(mails).hasSize(1);
  }

  /** A crash between two calls leaves the notice as it was stored last. */
  @Test
  void isTriedAgainAfterACrashButNotAtOnce() {
    submit(BOT, 1);
    failure = new IllegalStateException("the process dies");
    run();
    failure = null;

    assertThat(run()).isZero();
    now = now.plus(Duration.ofMinutes(5));
    assertThat(run()).isEqualTo(1);
  }

  @Test
  void triesADayLongMoreAndMoreSeldomAndThenGivesUp() {
    submit(BOT, 1);
    failure = new MailFailedException("Throttling", null);
    int attempts = 0;
    while (!notices.isEmpty()) {
      Instant due = notices.values().iterator().next().dueAt();
      now = due.isAfter(now) ? due : now;
      run();
      attempts++;
    }

    assertThat(attempts).isBetween(10, 15);
    assertThat(now)
        .isBetween(SUBMITTED.plus(Duration.ofDays(1)), SUBMITTED.plus(Duration.ofHours(29)));
    assertThat(log.lines().getLast())
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("error");
              assertThat(line.event()).isEqualTo("owner_notice_given_up");
              assertThat((Object) line.fields().get("reason")).isEqualTo("Throttling");
            });
    assertThat(metrics.reports().getLast()).isEqualTo(Map.of(Metric.OWNER_MAILS_UNDELIVERABLE, 1L));
  }

  @Test
  void givesUpWhatIsRefusedAndWhatHasNoAddress() {
    submit(BOT, 1);
    failure = new UndeliverableException("MessageRejected", null);
    run();
    submit(BOT, 2);
    ownerEmail = Optional.empty();
    run();

    assertThat(notices).isEmpty();
    assertThat(log.lines())
        .extracting(RecordedLog.Line::event)
        .containsOnly("owner_notice_given_up");
  }

  /** The owner may have the e-mail, so it is sent once more at most. */
  @Test
  void triesAnUnansweredEmailOnceMore() {
    submit(BOT, 1);
    failure = new NoAnswerException(null);
    run();
    assertThat(lastEvent()).isEqualTo("owner_notice_unanswered");
    now = now.plus(Duration.ofMinutes(5));
    run();

    assertThat(notices).isEmpty();
    assertThat(metrics.reports().getLast()).isEqualTo(Map.of(Metric.OWNER_MAILS_UNCONFIRMED, 1L));
  }

  @Test
  void tellsOperatorsOfWhatTheyHaveToMend() {
    submit(BOT, 1);
    failure = new SenderRefusedException("SenderNotVerified", null);

    run();

    assertThat(notices).hasSize(1);
    assertThat(lastEvent()).isEqualTo("owner_notice_held_up");
    assertThat(metrics.reports())
        .containsExactly(Map.of(Metric.OWNER_MAILS_FAILED, 1L, Metric.OWNER_MAILS_HELD_UP, 1L));
  }

  @Test
  void waitsWhereTheOwnerHadTooManyAndAsksForEachBotOnce() {
    submit(BOT, 1);
    submit(BOT, 2);
    submit(BOT, 3);
    submit(OTHER, 1);
    left = -1;

    assertThat(run()).isZero();

    assertThat(asked).isEqualTo(2);
    assertThat(notices.values()).extracting(OwnerNotice::attempts).containsOnly(0);
    now = now.plus(Duration.ofHours(1));
    left = 19;
    assertThat(run()).isEqualTo(4);
  }

  @Test
  void holdsNothingBackForLongerThanADay() {
    submit(BOT, 1);
    left = -1;
    now = SUBMITTED.plus(Duration.ofDays(1));

    run();

    assertThat(notices).isEmpty();
    assertThat((Object) log.lines().getLast().fields().get("reason")).isEqualTo("TooMany");
  }

  @Test
  void beginsNothingThatTheFunctionMightNotLiveToFinish() {
    submit(BOT, 1);
    timeLeft = Duration.ofSeconds(30);

    assertThat(run()).isZero();
    timeLeft = Duration.ofSeconds(31);
    assertThat(run()).isEqualTo(1);
  }

  @Test
  void oneThatFailsKeepsBackNoOtherButThreeEndTheTask() {
    submit(BOT, 1);
    submit(BOT, 2);
    failure = new IllegalStateException("out of reach");

    assertThat(run()).isZero();
    submit(BOT, 3);
    submit(BOT, 4);
    submit(BOT, 5);
    assertThatThrownBy(this::run).isSameAs(failure);
  }
}
