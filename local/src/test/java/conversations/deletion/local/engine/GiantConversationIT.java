package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.Retries;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A conversation that takes longer to read than a run keeps back no other, and is deleted. */
class GiantConversationIT {

  private static final int GIANT = 12_000;
  private static final int PAGE = 250;
  private static final Duration SLOW = Duration.ofSeconds(30);

  @AutoClose private final Engine engine = new Engine();

  private final List<Optional<String>> slowReads = new ArrayList<>();
  private ConversationId giant;
  private ConversationId[] small;
  private boolean isBegun;

  private void writeAGiantAmongSmallConversations(int records) {
    engine.deleteConcurrency = 1;
    // After the first one, the rest is read and stored together.
    small = new ConversationId[] {begunDaysAgo(3, 3), begunDaysAgo(1, 3), begunDaysAgo(1, 3)};
    giant = begunDaysAgo(2, records);
    engine.records = new SlowGiant(engine.records);
  }

  private ConversationId begunDaysAgo(int days, int records) {
    return engine.platform.conversation(
        engine.platform.user, engine.time.instant().minus(Duration.ofDays(days)), records);
  }

  @Test
  void isReadOnByLaterRunsWhileTheOthersAreDeletedInTheFirst() {
    readOnByLaterRuns(GIANT);
  }

  @Test
  void isReadOnByLaterRunsThoughItsKeysWouldFitIfReadingItDidNotTakeSoLong() {
    readOnByLaterRuns(9_000);
  }

  private void readOnByLaterRuns(int records) {
    writeAGiantAmongSmallConversations(records);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();

    engine.run();

    engine.platform.assertExactly(before, small);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(4).deleted(3).records(9));
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(slowReads).as("not all was read").hasSizeLessThan(records / PAGE);

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(4).deleted(4).records(records + 9));
    assertThat(closed.state().retries()).isEqualTo(Retries.initial());
    assertThat(slowReads.subList(0, slowReads.lastIndexOf(Optional.empty())))
        .as("no page was read twice before the first plan")
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(records / PAGE);
    engine.platform.assertExactly(
        before, Stream.concat(Stream.of(giant), Stream.of(small)).toArray(ConversationId[]::new));
  }

  @Test
  void keepsBackNoConversationOfAnotherChunkHoweverFewAreWorkedOnAtATime() {
    engine.deleteConcurrency = 1;
    giant = begunDaysAgo(2, GIANT);
    small =
        IntStream.rangeClosed(0, Chunk.MAX_CONVERSATIONS)
            .mapToObj(_ -> begunDaysAgo(1, 1))
            .toArray(ConversationId[]::new);
    engine.records = new SlowGiant(engine.records);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();

    engine.run();

    assertThat(engine.jobs.chunks(job)).hasSizeGreaterThan(engine.chunksAtOnce);
    engine.platform.assertExactly(before, small);
    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void isLeftAloneIfItsLastRecordIsYoung() {
    writeAGiantAmongSmallConversations(GIANT);
    engine.platform.append(giant, "ZZZ#just-now", engine.time.instant());
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();

    engine.run();
    engine.run();

    assertThat(engine.jobs.outcome(job, giant).reason()).contains(Reason.STILL_OPEN);
    engine.platform.assertExactly(before, small);
  }

  /**
   * Records of which a page holds few, as if they were large. Until the giant is begun, its
   * eventually consistent reads are slow.
   */
  private final class SlowGiant extends RecordsDecorator {

    SlowGiant(ConversationRecords real) {
      super(real);
    }

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      if (conversation.equals(giant) && consistency == Consistency.EVENTUAL && !isBegun) {
        engine.time.advance(SLOW);
        slowReads.add(after);
      }
      return super.read(bot, conversation, after, Math.min(limit, PAGE), consistency);
    }

    @Override
    public DeleteAnswer delete(List<RecordId> records) {
      isBegun |= records.stream().anyMatch(one -> one.conversation().equals(giant));
      return super.delete(records);
    }
  }
}
