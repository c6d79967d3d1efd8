package conversations.deletion.application.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.jobs.SubmitDeletionJob.Accepted;
import conversations.deletion.application.jobs.SubmitDeletionJob.KeyReused;
import conversations.deletion.application.jobs.SubmitDeletionJob.NoJob;
import conversations.deletion.application.jobs.SubmitDeletionJob.Outcome;
import conversations.deletion.application.jobs.SubmitDeletionJob.TooManyOpenJobs;
import conversations.deletion.application.port.CreationDates;
import conversations.deletion.application.port.CreationDates.Creation;
import conversations.deletion.application.port.JobQueue;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.Metric;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.DeletionRequest.ByChannelUser;
import conversations.deletion.domain.DeletionRequest.ByConversations;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.IdempotencyKey;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Reference;
import conversations.deletion.domain.StackKey;
import conversations.deletion.domain.Submission;
import conversations.deletion.domain.Terms;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.testing.InMemoryJobs;
import conversations.deletion.testing.RecordedLog;
import conversations.deletion.testing.RecordedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmitDeletionJobTest {

  private static final Duration SWEEP_GRACE = Duration.ofMinutes(15);
  private static final BotId BOT = new BotId("st-1");
  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final ChannelUserId USER = new ChannelUserId("u-1");
  private static final Instant NOW = Instant.parse("2026-05-08T06:22:56.097Z");
  private static final Instant OPENING = Instant.parse("2026-05-08T18:00:00Z");
  private static final CreationDates NOT_ASKED =
      (_, _) -> {
        throw new AssertionError("creation dates were read");
      };

  private static final StackKey STACK_KEY = new StackKey(new byte[32]);

  private RequirePreview requirePreview = RequirePreview.NEVER;
  private final InMemoryJobs jobs = new InMemoryJobs();
  private int openJobs;
  private Duration leastGrace = Duration.ZERO;
  private final List<JobRef> sent = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private final OffPeakWindow window =
      new OffPeakWindow(OffPeakHours.parse("18-23"), ZoneOffset.UTC);

  private DeletionJob submit(DeletionRequest request, CreationDates creationDates) {
    return submit(request, creationDates, sent::add, NOW);
  }

  private DeletionJob submit(
      DeletionRequest request, CreationDates creationDates, JobQueue queue, Instant now) {
    return ((Accepted) submit(request, creationDates, queue, now, Optional.empty())).job();
  }

  private Outcome submit(
      DeletionRequest request,
      CreationDates creationDates,
      JobQueue queue,
      Instant now,
      Optional<IdempotencyKey> key) {
    return submitDeletionJob(jobs, creationDates, queue)
        .submit(new Submission<>(BOT, APP, key, "invocation-1", request, now));
  }

  private SubmitDeletionJob submitDeletionJob(
      JobSubmissions jobs, CreationDates creationDates, JobQueue queue) {
    return new SubmitDeletionJob(
        jobs,
        new LimitOpenJobs((_, most) -> Math.min(openJobs, most), 10, 60, () -> NOW, log),
        () -> STACK_KEY,
        new FixTarget(creationDates, (_, _) -> Optional.empty(), requirePreview),
        new AnnounceJob(queue, log, metrics),
        new SubmissionSettings(window, SWEEP_GRACE, leastGrace));
  }

  private Outcome submit(String key, DeletionRequest request, Instant now) {
    return submit(
        request, (_, _) -> Creation.UNKNOWN, sent::add, now, Optional.of(new IdempotencyKey(key)));
  }

  private static ByConversations conversations(String... ids) {
    return new ByConversations(List.of(ids).stream().map(ConversationId::new).toList());
  }

  private static DateRange range(DeletionJob job) {
    return ((ChannelUserConversations) job.target()).range();
  }

  @Test
  void storesTheJobItsConversationsAndItsChangeLogEntryAndThenSaysSo() {
    DeletionJob job = submit(conversations("a", "b"), NOT_ASKED);

    assertThat(job.id()).isEqualTo(JobId.of(BOT, APP, "invocation-1"));
    assertThat(job.bot()).isEqualTo(BOT);
    assertThat(job.requestedBy()).isEqualTo(APP);
    assertThat(job.submittedAt()).isEqualTo(NOW);
    assertThat(job.target()).isEqualTo(new ListedConversations());
    assertThat(job.state()).isEqualTo(JobState.submitted(OPENING, 2));
    assertThat(jobs.all())
        .containsExactly(
            new InMemoryJobs.Stored(
                job,
                List.of(new ConversationId("a"), new ConversationId("b")),
                ChangeLogEntry.submitted(job),
                OPENING.plus(SWEEP_GRACE)));
    assertThat(sent).containsExactly(job.ref());
  }

  @Test
  void tellsOperatorsOnceOfEachJobThatItAccepts() {
    DeletionJob job = ((Accepted) submit("key", conversations("a"), NOW)).job();
    submit("key", conversations("a"), NOW.plusSeconds(1));

    assertThat(log.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("info");
              assertThat(line.event()).isEqualTo("job_accepted");
              assertThat(line.fields())
                  .isEqualTo(
                      Map.of(
                          "botId", "st-1",
                          "jobId", job.id().value(),
                          "appId", "app-1",
                          "requestType", "conversationIds",
                          "due", "2026-05-08T18:00:00.000Z"));
            });
    assertThat(metrics.reports()).containsExactly(Map.of(Metric.JOBS_SUBMITTED, 1L));
  }

  @Test
  void isDueAtOnceInsideTheWindow() {
    Instant inside = Instant.parse("2026-05-08T19:00:00Z");

    DeletionJob job = submit(conversations("a"), NOT_ASKED, sent::add, inside);

    assertThat(job.state().scheduledAt()).isEqualTo(inside);
  }

  @Test
  void acceptsWhatIsStoredThoughItsMessageIsLost() {
    RuntimeException lost = new RuntimeException("the queue is out of reach");

    DeletionJob job =
        submit(
            conversations("a"),
            NOT_ASKED,
            _ -> {
              throw lost;
            },
            NOW);

    assertThat(jobs.find(BOT, job.id())).contains(job);
    assertThat(log.lines())
        .last()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("warn");
              assertThat(line.event()).isEqualTo("job_message_not_sent");
              assertThat(line.fields())
                  .isEqualTo(Map.of("botId", "st-1", "jobId", job.id().value()));
              assertThat(line.cause()).contains(lost);
            });
  }

  @Test
  void sendsNothingForAJobThatWasNotStored() {
    RuntimeException failure = new RuntimeException("not stored");
    SubmitDeletionJob useCase =
        submitDeletionJob(
            new JobSubmissions() {
              @Override
              public Optional<DeletionJob> find(BotId bot, JobId job) {
                return Optional.empty();
              }

              @Override
              public DeletionJob submit(
                  DeletionJob job,
                  List<ConversationId> listed,
                  ChangeLogEntry entry,
                  Instant sweepAt) {
                throw failure;
              }
            },
            NOT_ASKED,
            sent::add);

    assertThatThrownBy(
            () ->
                useCase.submit(
                    new Submission<>(BOT, APP, Optional.empty(), "i", conversations("a"), NOW)))
        .isSameAs(failure);
    assertThat(sent).isEmpty();
  }

  @Test
  void theSameSubmissionAgainIsTheSameJob() {
    DeletionJob first = submit(conversations("a"), NOT_ASKED);
    DeletionJob second = submit(conversations("a"), NOT_ASKED, sent::add, NOW.plusSeconds(5));

    assertThat(second).isEqualTo(first);
    assertThat(jobs.all()).hasSize(1);
  }

  @Test
  void aKeyThatWasUsedForTheSameRequestGivesTheFirstJobUnchangedAndSendsNothing() {
    Accepted first = (Accepted) submit("key", conversations("a", "b"), NOW);
    Outcome again = submit("key", conversations("b", "a", "b"), NOW.plusSeconds(86_400));

    assertThat(first.replayed()).isFalse();
    assertThat(again).isEqualTo(new Accepted(first.job(), first.due(), true));
    assertThat(jobs.all()).hasSize(1);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aKeyThatWasUsedForAnotherRequestIsRefused() {
    submit("key", conversations("a"), NOW);

    assertThat(submit("key", conversations("a", "b"), NOW)).isEqualTo(new KeyReused());
    assertThat(submit("key", new ByChannelUser(USER, Optional.empty(), Optional.empty()), NOW))
        .isEqualTo(new KeyReused());
    assertThat(jobs.all()).hasSize(1);
    assertThat(sent).hasSize(1);
  }

  @Test
  void acceptsNoMoreJobsOfABotThatHasTooManyOpenOnes() {
    openJobs = 9;
    assertThat(submit("one", conversations("a"), NOW)).isInstanceOf(Accepted.class);

    openJobs = 10;
    assertThat(submit("two", conversations("a"), NOW)).isEqualTo(new TooManyOpenJobs(OPENING));
    assertThat(jobs.all()).hasSize(1);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aRequestThatWasAcceptedIsAcceptedAgainHoweverManyJobsAreOpen() {
    Accepted first = (Accepted) submit("one", conversations("a"), NOW);
    openJobs = 10;

    assertThat(submit("one", conversations("a"), NOW.plusSeconds(1)))
        .isEqualTo(new Accepted(first.job(), first.due(), true));
    assertThat(submit("one", conversations("b"), NOW)).isEqualTo(new KeyReused());
  }

  @Test
  void keepsTheReferenceWithTheJobAndInNothingElse() {
    DeletionJob job = submit(underReference("r-canary"), NOT_ASKED);

    assertThat(job.reference()).contains(new Reference("r-canary"));
    assertThat(log.lines().toString()).doesNotContain("r-canary");
  }

  @Test
  void theReferenceIsPartOfWhatAKeyIsUsedFor() {
    Outcome first = submit("key", underReference("one"), NOW);

    assertThat(submit("key", underReference("one"), NOW)).isEqualTo(first);
    assertThat(submit("key", underReference("two"), NOW)).isEqualTo(new KeyReused());
    assertThat(submit("key", conversations("a"), NOW)).isEqualTo(new KeyReused());
  }

  private static ByConversations underReference(String reference) {
    return new ByConversations(
        List.of(new ConversationId("a")), Terms.of(Optional.of(new Reference(reference))));
  }

  @Test
  void twoIdsAreNotTakenForOneThatHoldsAComma() {
    submit("key", conversations("a", "b"), NOW);

    assertThat(submit("key", conversations("a,b"), NOW)).isEqualTo(new KeyReused());
  }

  @Test
  void twoIdsAreNotTakenForOneWithAReference() {
    submit("key", conversations("a", "one"), NOW);

    assertThat(submit("key", underReference("one"), NOW)).isEqualTo(new KeyReused());
  }

  @Test
  void differentKeysMakeDifferentJobsOfTheSameRequest() {
    Outcome one = submit("one", conversations("a"), NOW);
    Outcome two = submit("two", conversations("a"), NOW);
    // A key that looks like an invocation's id must not lead to that invocation's job.
    Outcome lookalike = submit("invocation-1", conversations("a"), NOW);
    DeletionJob withoutKey = submit(conversations("a"), NOT_ASKED);

    assertThat(jobs.all()).hasSize(4);
    assertThat(one).isNotEqualTo(two);
    assertThat(((Accepted) lookalike).job().id()).isNotEqualTo(withoutKey.id());
  }

  @Test
  void keepsTheRangeThatWasAskedForWithoutReadingAnything() {
    Instant start = Instant.parse("2026-05-04T00:00:00Z");
    Instant end = Instant.parse("2026-05-04T23:59:59.999Z");

    DeletionJob job =
        submit(new ByChannelUser(USER, Optional.of(start), Optional.of(end)), NOT_ASKED);

    assertThat(job.target())
        .isEqualTo(new ChannelUserConversations(USER, new DateRange(start, end)));
    assertThat(job.state().counts().total()).isZero();
    assertThat(jobs.all().getFirst().listed()).isEmpty();
  }

  @Test
  void neverReachesBeyondTheMomentOfSubmission() {
    Instant endOfToday = Instant.parse("2026-05-08T23:59:59.999Z");

    assertThat(
            range(
                    submit(
                        new ByChannelUser(
                            USER, Optional.of(Instant.EPOCH), Optional.of(endOfToday)),
                        NOT_ASKED))
                .to())
        .isEqualTo(NOW);
  }

  @Test
  void endsNowWhereNoEndIsAskedFor() {
    assertThat(
            range(
                    submit(
                        new ByChannelUser(USER, Optional.of(Instant.EPOCH), Optional.empty()),
                        NOT_ASKED))
                .to())
        .isEqualTo(NOW);
  }

  @Test
  void beginsWithTheLaterCreationWhereNoStartIsAskedFor() {
    Instant created = Instant.parse("2025-01-01T00:00:00Z");
    CreationDates dates =
        (bot, user) -> {
          assertThat(bot).isEqualTo(BOT);
          assertThat(user).isEqualTo(USER);
          return new Creation(Optional.of(created), 0);
        };

    assertThat(range(submit(new ByChannelUser(USER, Optional.empty(), Optional.empty()), dates)))
        .isEqualTo(new DateRange(created, NOW));
  }

  @Test
  void beginsAtTheEpochWhereNoCreationIsKnown() {
    assertThat(
            range(
                submit(
                    new ByChannelUser(USER, Optional.empty(), Optional.empty()),
                    (_, _) -> Creation.UNKNOWN)))
        .isEqualTo(new DateRange(Instant.EPOCH, NOW));
  }

  /** A user created after the end that was asked for is no fault of the caller. */
  @Test
  void aCreationAfterTheEndGivesAnEmptyRange() {
    Instant end = Instant.parse("2020-01-01T23:59:59.999Z");
    Instant created = Instant.parse("2025-01-01T00:00:00Z");

    assertThat(
            range(
                submit(
                    new ByChannelUser(USER, Optional.empty(), Optional.of(end)),
                    (_, _) -> new Creation(Optional.of(created), 0))))
        .isEqualTo(new DateRange(end, end));
  }

  @Test
  void knowsWhetherTheCallerNamedAStart() {
    DeletionJob job =
        submit(
            new ByChannelUser(USER, Optional.empty(), Optional.empty()),
            (_, _) -> Creation.UNKNOWN);

    assertThat(((ChannelUserConversations) job.target()).hasDefaultStart()).isTrue();
  }

  @Test
  void tellsOperatorsOnceOfAnUnreadableCreation() {
    ByChannelUser request = new ByChannelUser(USER, Optional.empty(), Optional.empty());
    CreationDates unreadable = (_, _) -> new Creation(Optional.empty(), 2);
    Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("key"));
    Accepted first = (Accepted) submit(request, unreadable, sent::add, NOW, key);
    submit(request, unreadable, sent::add, NOW.plusSeconds(1), key);

    assertThat(log.lines())
        .filteredOn(line -> line.event().equals("creation_unreadable"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo("warn");
              assertThat(line.fields())
                  .isEqualTo(
                      Map.of("botId", "st-1", "jobId", first.job().id().value(), "count", 2));
            });
    assertThat(metrics.reports())
        .containsExactly(Map.of(Metric.JOBS_SUBMITTED, 1L, Metric.MOMENTS_UNREADABLE, 2L));
  }

  @Test
  void submitsInWholeMilliseconds() {
    DeletionJob job = submit(conversations("a"), NOT_ASKED, sent::add, NOW.plusNanos(999_999));

    assertThat(job.submittedAt()).isEqualTo(NOW);
  }

  @Test
  void aJobWithoutAMomentBeginsWithTheNextWindowAndNamesNone() {
    assertThat(submit(conversations("a"), NOT_ASKED).notBefore()).isEmpty();
  }

  /** Its message would be received in the first window, and be dropped. */
  @Test
  void aJobThatIsToWaitIsDueAtTheFirstOpeningFromItsMomentOnAndIsLeftToTheSweep() {
    Instant nextDay = Instant.parse("2026-05-09T10:00:00Z");
    Instant nextOpening = Instant.parse("2026-05-09T18:00:00Z");

    Accepted accepted = (Accepted) submit("key", notBefore(nextDay), NOW);

    assertThat(accepted.job().notBefore()).contains(nextDay);
    assertThat(accepted.job().state()).isEqualTo(JobState.submitted(nextOpening, 1));
    assertThat(accepted.due()).isEqualTo(nextOpening);
    assertThat(jobs.all().getFirst().sweepAt()).isEqualTo(nextOpening);
    assertThat(sent).isEmpty();
  }

  @Test
  void aJobThatIsToWaitInsideTheWindowIsDueAtItsMoment() {
    Instant inside = Instant.parse("2026-05-08T19:00:00Z");
    Instant moment = inside.plusSeconds(3600);

    DeletionJob job = submit(notBefore(moment), NOT_ASKED, sent::add, inside);

    assertThat(job.state().scheduledAt()).isEqualTo(moment);
    assertThat(jobs.all().getFirst().sweepAt()).isEqualTo(moment);
    assertThat(sent).isEmpty();
  }

  @Test
  void aMomentBeforeTheNextOpeningChangesNothingOfHowTheJobBegins() {
    DeletionJob job = submit(notBefore(NOW.plusSeconds(3600)), NOT_ASKED);

    assertThat(job.notBefore()).contains(NOW.plusSeconds(3600));
    assertThat(job.state().scheduledAt()).isEqualTo(OPENING);
    assertThat(jobs.all().getFirst().sweepAt()).isEqualTo(OPENING.plus(SWEEP_GRACE));
    assertThat(sent).containsExactly(job.ref());
  }

  @Test
  void everyJobWaitsForAsLongAsTheStackSays() {
    leastGrace = Duration.ofHours(48);
    Instant least = NOW.plus(leastGrace);

    assertThat(submit(conversations("a"), NOT_ASKED).notBefore()).contains(least);
    assertThat(((Accepted) submit("1", notBefore(NOW.minusSeconds(1)), NOW)).job().notBefore())
        .contains(least);
    assertThat(((Accepted) submit("2", notBefore(least.plusMillis(1)), NOW)).job().notBefore())
        .contains(least.plusMillis(1));
  }

  @Test
  void aMomentInThePastCountsAsThatOfTheSubmission() {
    DeletionJob job = submit(notBefore(NOW.minusSeconds(1)), NOT_ASKED);

    assertThat(job.notBefore()).contains(NOW);
    assertThat(sent).containsExactly(job.ref());
  }

  @Test
  void theMomentIsPartOfWhatAKeyIsUsedFor() {
    Instant moment = NOW.plusSeconds(86_400);
    Accepted first = (Accepted) submit("key", notBefore(moment), NOW);

    assertThat(submit("key", notBefore(moment), NOW.plusSeconds(9)))
        .isEqualTo(new Accepted(first.job(), first.due(), true));
    assertThat(submit("key", notBefore(moment.plusMillis(1)), NOW)).isEqualTo(new KeyReused());
    assertThat(submit("key", conversations("a"), NOW)).isEqualTo(new KeyReused());
    assertThat(submit("key", underReference(Timestamps.format(moment)), NOW))
        .isEqualTo(new KeyReused());
  }

  private static ByConversations notBefore(Instant moment) {
    return new ByConversations(
        List.of(new ConversationId("a")), new Terms(Optional.empty(), Optional.of(moment)));
  }

  @Test
  void needsAPreviewWhereTheStackSaysSoButNotOnceItWasAccepted() {
    ByChannelUser request =
        new ByChannelUser(new ChannelUserId("u-1"), Optional.empty(), Optional.empty());
    Accepted before = (Accepted) submit("key-1", request, NOW);
    requirePreview = (_, target) -> target.ofChannelUser().isPresent();

    assertThat(submit("key-2", request, NOW)).isEqualTo(new NoJob(PreviewRefusal.REQUIRED));
    assertThat(submit("key-3", conversations("a"), NOW)).isInstanceOf(Accepted.class);
    assertThat(((Accepted) submit("key-1", request, NOW.plusSeconds(9))).job())
        .isEqualTo(before.job());
    assertThat(
            submit(
                "key-1",
                new ByChannelUser(new ChannelUserId("u-2"), Optional.empty(), Optional.empty()),
                NOW))
        .isEqualTo(new KeyReused());
  }
}
