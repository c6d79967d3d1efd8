package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.RunOffPeakDeletions.RunSummary;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Counts;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.OwnerNotification;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffPeakEngineIT {

  private Engine engine;

  @BeforeEach
  void start() {
    engine = new Engine();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void deletesTheListedConversationsWholeAndNothingElse() {
    ConversationId one = engine.conversation(40);
    ConversationId other = engine.conversation(3);
    engine.conversation(7);
    Census before = engine.census();
    DeletionJob job = engine.submit(one, other);

    engine.run();

    JobState state = engine.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(state.counts()).isEqualTo(new Counts(2, 2, 0, 0, 43));
    engine.assertExactly(before, one, other);
  }

  @Test
  void deletesOnlyTheChannelUsersConversationsThatStartedInTheRange() {
    Instant day = engine.time.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));
    Instant lastOfDay = day.plus(Duration.ofDays(1)).minusMillis(1);
    ConversationId first = engine.conversation(engine.user, day, 5);
    ConversationId last = engine.conversation(engine.user, lastOfDay, 6);
    engine.conversation(engine.user, day.minusMillis(1), 2);
    engine.conversation(engine.user, lastOfDay.plusMillis(1), 2);
    engine.conversation(new ChannelUserId("u-neighbour"), day, 4);
    Census before = engine.census();
    DeletionJob job = engine.submitUser(Optional.of(day), Optional.of(lastOfDay));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 2, 0, 0, 11));
    engine.assertExactly(before, first, last);
  }

  @Test
  void sparesConversationsThatBeganAfterTheJobsFixedEnd() {
    engine.conversation(5);
    DeletionJob job = engine.submitUser();
    ConversationId later = engine.conversation(engine.user, engine.time.instant().plusMillis(1), 5);
    engine.time.advance(Duration.ofHours(1));

    engine.runUntilClosed(job);

    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 5));
    assertThat(engine.census().records(engine.bot + "#" + later)).isEqualTo(5);
  }

  @Test
  void skipsListedConversationsThatAreNotThere() {
    ConversationId one = engine.conversation(4);
    DeletionJob job = engine.submit(one, new ConversationId("unknown"));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 1, 0, 1, 4));
  }

  @Test
  void completesWithZerosForAChannelUserNobodyKnows() {
    DeletionJob job = engine.submitUser();
    engine.time.advance(Duration.ofMinutes(2));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(Counts.NONE);
  }

  @Test
  void deletesTheSessionHeaderLastAndInARequestOfItsOwn() {
    List<List<String>> requests = new ArrayList<>();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            requests.add(records.stream().map(RecordId::recordKey).toList());
            return super.delete(bot, records);
          }
        };
    engine.deleteConcurrency = 1;
    engine.submit(engine.conversation(60));

    engine.run();

    assertThat(requests.getLast()).containsExactly("SESSION");
    assertThat(requests.subList(0, requests.size() - 1))
        .allSatisfy(request -> assertThat(request).doesNotContain("SESSION"));
  }

  @Test
  void deletesAConversationOfMoreRecordsThanOnePlanHolds() {
    ConversationId large = engine.conversation(6_001);
    ConversationId small = engine.conversation(2);
    Census before = engine.census();
    DeletionJob job = engine.submit(small, large);

    engine.run();

    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 2, 0, 0, 6_003));
    engine.assertExactly(before, small, large);
  }

  @Test
  void countsAndDeletesRecordsThatAreAddedWhileTheirConversationIsDeleted() {
    ConversationId one = engine.conversation(30);
    AtomicInteger looks = new AtomicInteger();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public RecordPage read(
              BotId bot,
              ConversationId conversation,
              Optional<String> after,
              int limit,
              Consistency consistency) {
            int look = looks.incrementAndGet();
            if (look == 2 || look == 3) {
              engine.append(one, "MESSAGE#late#" + look, Instant.EPOCH);
            }
            return super.read(bot, conversation, after, limit, consistency);
          }
        };
    Census before = engine.census();
    DeletionJob job = engine.submit(one);

    engine.run();

    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 32));
    engine.assertExactly(before, one);
  }

  @Test
  void failsAConversationWhoseWriterNeverRests() {
    ConversationId busy = engine.conversation(3);
    ConversationId quiet = engine.conversation(3);
    AtomicInteger looks = new AtomicInteger();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public RecordPage read(
              BotId bot,
              ConversationId conversation,
              Optional<String> after,
              int limit,
              Consistency consistency) {
            if (conversation.equals(busy)) {
              engine.append(busy, "MESSAGE#more#" + looks.incrementAndGet(), Instant.EPOCH);
            }
            return super.read(bot, conversation, after, limit, consistency);
          }
        };
    DeletionJob job = engine.submit(busy, quiet);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(outcome(job, busy).reason()).contains(Reason.RECORDS_KEEP_COMING);
    assertThat(outcome(job, quiet).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(closed.state().retries().remaining()).isZero();
  }

  @Test
  void getsByWithAThirdOfAllDeletesUnprocessed() {
    AtomicInteger sent = new AtomicInteger();
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            List<RecordId> refused = new ArrayList<>();
            List<RecordId> taken = new ArrayList<>();
            for (RecordId record : records) {
              (sent.incrementAndGet() % 3 == 0 ? refused : taken).add(record);
            }
            refused.addAll(taken.isEmpty() ? List.of() : super.delete(bot, taken));
            return refused;
          }
        };
    engine.deleteConcurrency = 1;
    ConversationId one = engine.conversation(100);
    DeletionJob job = engine.submit(one);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 1, 0, 0, 100));
  }

  @Test
  void triesAFailedConversationOnceAWindowAndStopsAfterThreeRetries() {
    ConversationId stuck = engine.conversation(5);
    ConversationId fine = engine.conversation(5);
    refuseDeletesOf(stuck, "MESSAGE");
    DeletionJob job = engine.submit(stuck, fine);

    engine.run();
    JobState afterFirst = engine.state(job);
    engine.run();

    assertThat(afterFirst.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(afterFirst.counts()).isEqualTo(new Counts(2, 1, 1, 0, 7));
    assertThat(afterFirst.retries().remaining()).isEqualTo(3);
    assertThat(engine.state(job)).as("not again in the same window").isEqualTo(afterFirst);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(2, 1, 1, 0, 7));
    assertThat(closed.state().retries().remaining()).isZero();
    assertThat(outcome(job, stuck).reason()).contains(Reason.THROTTLED);
    assertThat(engine.census().records(engine.bot + "#" + stuck))
        .as("the header stays while anything else does")
        .isEqualTo(3);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void countsNoRecordTwiceWhenARetrySucceeds() {
    ConversationId stuck = engine.conversation(9);
    ConversationRecords healthy = engine.records;
    refuseDeletesOf(stuck, "MESSAGE");
    Census before = engine.census();
    DeletionJob job = engine.submit(stuck);
    engine.run();
    engine.records = healthy;

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 1, 0, 0, 9));
    assertThat(closed.state().retries().remaining()).isEqualTo(2);
    engine.assertExactly(before, stuck);
  }

  @Test
  void failsAsFailedWhenNothingCouldBeDeleted() {
    ConversationId stuck = engine.conversation(4);
    refuseDeletesOf(stuck, "");
    DeletionJob job = engine.submit(stuck);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 0, 1, 0, 0));
  }

  @Test
  void waitsForAnOpenConversationWithoutTouchingItOrUsingARetry() {
    ConversationId open = engine.conversation(4);
    engine.append(open, "MESSAGE#just-now", engine.time.instant().minusSeconds(60));
    ConversationId idle = engine.conversation(4);
    Census before = engine.census();
    DeletionJob job = engine.submit(open, idle);

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 1, 0, 0, 4));
    assertThat(outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    engine.assertExactly(before, idle);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(2, 2, 0, 0, 9));
    assertThat(closed.state().retries().remaining()).isEqualTo(3);
    engine.assertExactly(before, open, idle);
  }

  @Test
  void failsAConversationThatIsStillOpenAfterTheLastWindow() {
    ConversationId open = engine.conversation(4);
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public RecordPage read(
              BotId bot,
              ConversationId conversation,
              Optional<String> after,
              int limit,
              Consistency consistency) {
            engine.append(open, "MESSAGE#" + UUID.randomUUID(), engine.time.instant());
            return super.read(bot, conversation, after, limit, consistency);
          }
        };
    engine.window = new OffPeakWindow(anHour(engine.time.instant()), ZoneOffset.UTC);
    engine.time.advanceTo(engine.time.instant().truncatedTo(ChronoUnit.HOURS).plusSeconds(3300));
    DeletionJob job = engine.submit(open);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(outcome(job, open).reason()).contains(Reason.STILL_OPEN);
    assertThat(closed.state().retries().waitsRemaining()).isZero();
    assertThat(closed.state().retries().remaining()).isEqualTo(3);
    assertThat(closed.state().counts().deletedRecords()).isZero();
  }

  @Test
  void sendsNoDeleteOutsideTheWindowAndGoesOnInTheNextOne() {
    Instant hour = engine.time.instant().truncatedTo(ChronoUnit.HOURS);
    engine.window = new OffPeakWindow(anHour(hour), ZoneOffset.UTC);
    engine.time.advanceTo(hour.plus(Duration.ofMinutes(59)));
    List<Instant> deletes = new ArrayList<>();
    engine.records = deletesTake(Duration.ofSeconds(6), deletes);
    engine.deleteConcurrency = 1;
    ConversationId one = engine.conversation(600);
    Census before = engine.census();
    DeletionJob job = engine.submit(one);

    engine.run();

    Instant closing = hour.plus(Duration.ofHours(1));
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.state(job).scheduledAt()).isEqualTo(closing.plus(Duration.ofHours(23)));
    assertThat(deletes).isNotEmpty();

    engine.time.advance(Duration.ofHours(2));
    assertThat(engine.run().jobsWorkedOn()).as("closed").isZero();
    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(deletes)
        .allSatisfy(
            at -> {
              assertThat(engine.window.isOpenAt(at)).isTrue();
              assertThat(Duration.between(at, engine.window.nextClosing(at)))
                  .isGreaterThanOrEqualTo(Engine.DELETE_RESERVE);
            });
    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(new Counts(1, 1, 0, 0, 600));
    engine.assertExactly(before, one);
  }

  @Test
  void aClockSetBackGivesNoExtraTime() {
    Instant hour = engine.time.instant().truncatedTo(ChronoUnit.HOURS);
    engine.window = new OffPeakWindow(anHour(hour), ZoneOffset.UTC);
    engine.time.advanceTo(hour.plus(Duration.ofMinutes(59)));
    List<Instant> deletes = new ArrayList<>();
    engine.records =
        new RecordsDecorator(deletesTake(Duration.ofSeconds(6), deletes)) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            List<RecordId> left = super.delete(bot, records);
            engine.time.setWallClock(hour.plus(Duration.ofMinutes(30)));
            return left;
          }
        };
    engine.deleteConcurrency = 1;
    engine.submit(engine.conversation(600));

    engine.run();

    assertThat(deletes).hasSizeLessThanOrEqualTo(9);
  }

  @Test
  void stopsBeforeTheFunctionsTimeIsUpAndLeavesTheRestQueued() {
    List<Instant> deletes = new ArrayList<>();
    engine.records = deletesTake(Duration.ofSeconds(5), deletes);
    engine.deleteConcurrency = 1;
    ConversationId one = engine.conversation(600);
    Census before = engine.census();
    Instant start = engine.time.instant();
    DeletionJob job = engine.submit(one);

    engine.run(Duration.ofSeconds(60));

    assertThat(Duration.between(start, deletes.getLast()))
        .isLessThanOrEqualTo(Duration.ofSeconds(60).minus(Engine.DELETE_RESERVE));
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 600));
    engine.assertExactly(before, one);
  }

  @Test
  void aWorkerThatLostItsLeaseChangesNothingMoreAndStartsNoDelete() {
    ConversationId one = engine.conversation(300);
    Census before = engine.census();
    DeletionJob job = engine.submit(one);
    List<String> threads = new ArrayList<>();
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger requestsAfterPause = new AtomicInteger();
    engine.deleteConcurrency = 1;
    ConversationRecords real = engine.records;
    engine.records =
        new RecordsDecorator(real) {
          @Override
          public List<RecordId> delete(BotId bot, List<RecordId> records) {
            List<RecordId> left = super.delete(bot, records);
            if (requests.incrementAndGet() == 3) {
              engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
              engine.records = real;
              engine.run();
              threads.add(engine.state(job).status().text());
              requestsAfterPause.set(requests.get());
            }
            return left;
          }
        };

    RunSummary stale = engine.run();

    assertThat(threads)
        .as("the other worker finished the job meanwhile")
        .containsExactly("completed");
    assertThat(requests).hasValue(requestsAfterPause.get());
    assertThat(stale.jobsEnded()).isZero();
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 300));
    assertThat(engine.mails).hasSize(1);
    engine.assertExactly(before, one);
  }

  @Test
  void findsAJobWhoseMessageWasLost() {
    ConversationId one = engine.conversation(3);
    DeletionJob job = engine.submit(one);
    engine.loseMessages();

    assertThat(engine.run().jobsWorkedOn()).isZero();
    engine.time.advance(Duration.ofMinutes(16));
    RunSummary summary = engine.run();

    assertThat(summary.jobsSwept()).isEqualTo(1);
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void worksOnAJobOnceHoweverOftenItsMessageComes() {
    ConversationId one = engine.conversation(3);
    DeletionJob job = engine.submit(one);
    engine.queue().send(job.ref());
    engine.queue().send(job.ref());

    RunSummary summary = engine.run();

    assertThat(summary.jobsWorkedOn()).isEqualTo(1);
    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 3));
    assertThat(engine.mails).hasSize(1);
    assertThat(engine.waitingMessages()).isZero();
  }

  @Test
  void movesForeignMessagesToTheDeadLetterQueueAndWorksOn() {
    engine.sendRaw("not even JSON");
    engine.sendRaw("{\"botId\":\"st-1\",\"jobId\":\"cdj-00000000-0000-0000-0000-000000000000\"}");
    ConversationId one = engine.conversation(3);
    DeletionJob job = engine.submit(one);

    RunSummary summary = engine.run();

    assertThat(summary.messagesRejected()).isEqualTo(2);
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.deadLetters())
        .containsExactlyInAnyOrder("not_a_deletion_job", "unknown_deletion_job");
  }

  @Test
  void sendsOneEmailAndWritesOneEntryForEachEvent() {
    DeletionJob job = engine.submit(engine.conversation(3));

    engine.run();
    engine.run();

    assertThat(engine.mails).hasSize(1);
    assertThat(engine.mails.getFirst().to()).isEqualTo("owner@bots.example");
    assertThat(engine.mails.getFirst().text()).contains(job.id().value(), "1 of 1 conversation");
    assertThat(engine.changeLog())
        .satisfiesExactlyInAnyOrder(
            ended -> assertThat(ended).contains("completed"),
            started -> assertThat(started).contains("started"),
            submitted -> assertThat(submitted).contains("submitted"));
  }

  @Test
  void retriesTheEmailInLaterRunsWithoutTouchingTheJobsStatus() {
    engine.mail =
        _ -> {
          throw new MailFailedException("Throttling", null);
        };
    DeletionJob job = engine.submit(engine.conversation(3));
    engine.run();
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.state(job).notification().status())
        .isEqualTo(OwnerNotification.Status.PENDING);
    engine.mail = engine.mails::add;

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().notification().status()).isEqualTo(OwnerNotification.Status.SENT);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void givesUpOnAnOwnerWhoseAddressIsRefusedAndSaysSo() {
    engine.mail =
        _ -> {
          throw new UndeliverableException("MessageRejected", null);
        };
    DeletionJob job = engine.submit(engine.conversation(3));

    engine.run();

    JobState state = engine.state(job);
    assertThat(state.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(state.notification().status()).isEqualTo(OwnerNotification.Status.UNDELIVERABLE);
    assertThat(state.isClosed()).isTrue();
    assertThat(engine.changeLog())
        .anySatisfy(entry -> assertThat(entry).contains("owner not notified: MessageRejected"));
  }

  @Test
  void endsAJobThatNobodyEverGetsOnWith() {
    ConversationId poison = engine.conversation(3);
    engine.records =
        new RecordsDecorator(engine.records) {
          @Override
          public RecordPage read(
              BotId bot,
              ConversationId conversation,
              Optional<String> after,
              int limit,
              Consistency consistency) {
            throw new IllegalStateException("cannot be read");
          }
        };
    DeletionJob job = engine.submit(poison);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(outcome(job, poison).reason()).contains(Reason.NO_PROGRESS);
    assertThatThrownBy(() -> engine.records.read(null, null, null, 0, null))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deletesAConversationOneOfWhoseRecordsClaimsToBeOfTheFuture() {
    ConversationId odd = engine.conversation(3);
    engine.append(odd, "MESSAGE#odd", Instant.parse("2999-01-01T00:00:00Z"));
    DeletionJob job = engine.submit(odd, engine.conversation(3));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.counts(job)).isEqualTo(new Counts(2, 2, 0, 0, 7));
  }

  @Test
  void sparesALargeConversationWhoseHeaderContradictsTheIndex() {
    ConversationId foreign = engine.conversation(2_600);
    engine.changeHeaderUser(foreign, new ChannelUserId("u-somebody-else"));
    ConversationId own = engine.conversation(3);
    Census before = engine.census();
    DeletionJob job = engine.submitUser();
    engine.time.advance(Duration.ofMinutes(5));

    engine.runUntilClosed(job);

    assertThat(engine.counts(job)).isEqualTo(new Counts(1, 1, 0, 0, 3));
    engine.assertExactly(before, own);
  }

  @Test
  void oneUnreadableJobStopsNoOther() {
    DeletionJob odd = engine.submit(engine.conversation(3));
    engine.loseMessages();
    engine.setOnJob(odd, "sweepAt", "2026-01-01");
    engine.setOnJob(odd, "submittedAt", "yesterday");
    DeletionJob job = engine.submit(engine.conversation(3));

    engine.run();
    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void endsAJobWhoseConversationsCannotBeRead() {
    DeletionJob job = engine.submit(engine.conversation(3));
    engine.spoilChunk(job);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.FAILED);
    assertThat(engine.mails).hasSize(1);
  }

  @Test
  void keepsItsMessageFromOthersForAsLongAsItWorks() {
    engine.records = deletesTake(Duration.ofSeconds(10), new ArrayList<>());
    engine.deleteConcurrency = 1;
    DeletionJob job = engine.submit(engine.conversation(300));

    engine.run();

    assertThat(engine.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.interception.calls()).contains("JobMessages.extend");
  }

  @Test
  void countsAreThoseOfTheConversationsWheneverAJobWaits() {
    ConversationId stuck = engine.conversation(5);
    DeletionJob job = engine.submit(stuck, engine.conversation(7));
    refuseDeletesOf(stuck, "MESSAGE");
    engine.interception.after(lastPutOf(stuck), Killed::now);
    try {
      engine.run();
    } catch (Killed _) {
      engine.time.advance(Engine.LEASE_TERM.plusSeconds(1));
    }

    engine.run();

    Counts ofChunks =
        engine.chunks(job).stream().map(chunk -> chunk.counts()).reduce(Counts.NONE, Counts::plus);
    assertThat(engine.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(engine.counts(job)).isEqualTo(ofChunks);
    assertThat(ofChunks.failed()).isEqualTo(1);
  }

  /** At which call, with one conversation stuck and one not, the outcome is stored. */
  private int lastPutOf(ConversationId stuck) {
    try (Engine other = new Engine()) {
      ConversationId one = other.conversation(5);
      DeletionJob job = other.submit(one, other.conversation(7));
      other.records = new RefusingRecords(other.records, one, "MESSAGE");
      other.run();
      assertThat(other.state(job).status()).isEqualTo(JobStatus.QUEUED);
      return other.interception.calls().lastIndexOf("JobChunks.put") + 1;
    }
  }

  private JobConversation outcome(DeletionJob job, ConversationId conversation) {
    return engine.chunks(job).stream()
        .flatMap(chunk -> chunk.conversations().stream())
        .filter(one -> one.conversation().equals(conversation))
        .findFirst()
        .orElseThrow();
  }

  /** No delete of the conversation's records whose keys begin like that takes effect. */
  private void refuseDeletesOf(ConversationId conversation, String keyPrefix) {
    engine.records = new RefusingRecords(engine.records, conversation, keyPrefix);
  }

  private ConversationRecords deletesTake(Duration duration, List<Instant> startedAt) {
    return new RecordsDecorator(engine.records) {
      @Override
      public List<RecordId> delete(BotId bot, List<RecordId> records) {
        startedAt.add(engine.time.instant());
        List<RecordId> left = super.delete(bot, records);
        engine.time.advance(duration);
        return left;
      }
    };
  }

  private static OffPeakHours anHour(Instant moment) {
    return OffPeakHours.parse(Integer.toString(moment.atOffset(ZoneOffset.UTC).getHour()));
  }
}
