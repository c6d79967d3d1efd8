package conversations.deletion.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.application.port.JobLeases;
import conversations.deletion.application.port.LeaseResult;
import conversations.deletion.application.port.LeasedJob;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ListedConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.JobState;
import conversations.deletion.domain.OffPeakHours;
import conversations.deletion.domain.OffPeakWindow;
import conversations.deletion.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDeleterTest {

  private static final BotId BOT = new BotId("st-1");
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<List<RecordId>> requests = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 25, 26, 999, 1_000})
  void sendsNoMoreRequestsThanNeeded(int records) {
    Set<RecordId> left = delete(records, 8, batch -> List.of());

    assertThat(left).isEmpty();
    assertThat(requests).hasSize(Math.ceilDiv(records, ConversationRecords.MAX_BATCH));
    assertThat(sent()).hasSize(records);
  }

  @Test
  void packsWhatWasLeftUnprocessedAnew() {
    Set<RecordId> onceRefused = new HashSet<>();

    Set<RecordId> left =
        delete(
            2_500,
            8,
            batch ->
                batch.stream()
                    .filter(one -> Integer.parseInt(one.recordKey()) % 10 == 0)
                    .filter(onceRefused::add)
                    .toList());

    assertThat(left).isEmpty();
    assertThat(requests).hasSize(110);
  }

  @Test
  void givesUpOnWhatIsNeverProcessedAndOnNothingElse() {
    Set<RecordId> left =
        delete(
            100, 4, batch -> batch.stream().filter(one -> one.recordKey().equals("42")).toList());

    assertThat(left).extracting(RecordId::recordKey).containsExactly("42");
    assertThat(sent()).hasSize(100);
  }

  @Test
  void startsNoRequestThatCouldOutlastTheFunction() {
    assertThatThrownBy(
            () ->
                delete(
                    1_000,
                    1,
                    batch -> {
                      nanos.addAndGet(Duration.ofSeconds(10).toNanos());
                      return List.of();
                    }))
        .isInstanceOf(OutOfTimeException.class);

    assertThat(requests).as("at 0, 10, 20, 30, 40 and 50 of 60 seconds").hasSize(6);
  }

  @Test
  void passesOnWhatNoLaterAttemptCanMend() {
    assertThatThrownBy(
            () ->
                delete(
                    1_000,
                    4,
                    batch -> {
                      throw new IllegalStateException("access denied");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  private Set<RecordId> sent() {
    return requests.stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  private Set<RecordId> delete(int records, int concurrency, UnaryOperator<List<RecordId>> answer) {
    EngineSettings settings =
        new EngineSettings(
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(15),
            concurrency,
            concurrency,
            5,
            5);
    ConversationId conversation = new ConversationId("c-1");
    List<RecordId> toDelete =
        IntStream.range(0, records)
            .mapToObj(i -> new RecordId(conversation, Integer.toString(i)))
            .toList();
    return new RecordDeleter(new Answering(answer), settings, _ -> Duration.ofMillis(1), _ -> {})
        .delete(lease(settings), toDelete);
  }

  private HeldLease lease(EngineSettings settings) {
    DeletionJob job =
        new DeletionJob(
            BOT,
            JobId.of(BOT, new ClientAppId("app"), "1"),
            new ClientAppId("app"),
            new ListedConversations(),
            NOW,
            JobState.submitted(NOW, 1),
            Optional.empty());
    OffPeakWindow always = new OffPeakWindow(OffPeakHours.parse("*"), ZoneOffset.UTC);
    RunTime runTime = new RunTime(always, () -> NOW, nanos::get, Duration.ofSeconds(60));
    return new HeldLease(
        new NoLeases(),
        null,
        null,
        null,
        runTime,
        settings,
        () -> NOW,
        nanos::get,
        new RecordedLog(),
        new LeasedJob(job, 1),
        0);
  }

  /** Records whose deletes are answered as the test says. */
  private final class Answering implements ConversationRecords {

    private final UnaryOperator<List<RecordId>> answer;

    Answering(UnaryOperator<List<RecordId>> answer) {
      this.answer = answer;
    }

    @Override
    public List<RecordId> delete(BotId bot, List<RecordId> batch) {
      synchronized (requests) {
        requests.add(batch);
        return answer.apply(batch);
      }
    }

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      throw new UnsupportedOperationException();
    }

    @Override
    public IndexPage find(
        BotId bot,
        ChannelUserId channelUser,
        DateRange range,
        Optional<IndexPosition> after,
        int limit) {
      throw new UnsupportedOperationException();
    }
  }

  /** A lease that needs no renewal within a test. */
  private static final class NoLeases implements JobLeases {

    @Override
    public LeaseResult lease(JobRef job, Instant now, Duration term) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LeasedJob save(
        LeasedJob lease, JobState state, Instant until, Optional<ChangeLogEntry> entry) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release(LeasedJob lease, JobState state, Optional<Instant> sweepAt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void giveBack(LeasedJob lease, Instant due) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<JobRef> toForget(Instant now, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(JobRef job, Instant now) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SweepableJob> toSweep(Instant now, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean putOffSweep(SweepableJob job, Instant sweepAt) {
      throw new UnsupportedOperationException();
    }
  }
}
