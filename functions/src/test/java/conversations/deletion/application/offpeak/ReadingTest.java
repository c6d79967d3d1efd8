package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import conversations.deletion.application.offpeak.InHand.Hand;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.application.port.ConversationRecords.Consistency;
import conversations.deletion.application.port.ConversationRecords.RecordHead;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DateRange;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Outcome;
import conversations.deletion.domain.Reason;
import conversations.deletion.domain.RecordFingerprints;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryRecords;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadingTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final DeletionJob JOB = Jobs.queued(BOT, 1, NOW);
  private static final ConversationId ONE = new ConversationId("c-1");

  private final List<Consistency> reads = new ArrayList<>();
  private final MemoryRecords records = new MemoryRecords(() -> NOW, Lags.NONE, 2_500);
  private OneJob job = new OneJob(JOB, List.of(ONE));

  @Test
  void theRestOfAConversationThatWasBegunIsReadConsistently() {
    write(ONE, "M", Chunk.MAX_PLANNED_RECORDS + 10);
    store(planned(ONE, List.of("gone", "M00000"), "M00000"));

    Reading reading = reading();
    Step step = reading.gather();
    reading.goOnWith(step.works().getFirst().rest().orElseThrow());
    reading.gather();

    assertThat(reads).containsExactly(Consistency.STRONG, Consistency.STRONG);
  }

  @Test
  void thePlansOfAFullChunkGrowNoMore() {
    List<String> refused =
        IntStream.range(0, Chunk.MAX_KEPT_PLANS + 1).mapToObj("gone%05d"::formatted).toList();
    write(ONE, "A", 3);
    write(ONE, "Z", 50);
    ConversationId other = new ConversationId("c-2");
    ConversationId young = new ConversationId("c-3");
    write(young, "M", 5);
    job = new OneJob(JOB, List.of(ONE, other, young));
    store(
        planned(ONE, List.of("gone", "A00000", "A00002"), "A00002"),
        planned(other, refused, "gone99999").failedUnseen(Reason.REFUSED),
        JobConversation.pending(young));

    Step step = reading().gather();

    assertThat(step.works()).extracting(Work::id).containsExactly(ONE);
    Work work = step.works().getFirst();
    assertThat(work.conversation().planned())
        .isEqualTo(RecordFingerprints.of(List.of("A00000", "A00001", "A00002")));
    assertThat(work.rest()).as("the rest comes once that is gone").isPresent();
    assertThat(step.decided())
        .extracting(JobConversation::conversation, JobConversation::outcome)
        .containsExactly(tuple(young, Outcome.FAILED));
  }

  private static JobConversation planned(
      ConversationId conversation, List<String> keys, String through) {
    return JobConversation.pending(conversation)
        .plan(RecordFingerprints.of(keys), Optional.of(through));
  }

  private void write(ConversationId conversation, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      records.write(
          BOT,
          conversation,
          new RecordHead(prefix + "%05d".formatted(i), Optional.empty(), Optional.empty()));
    }
  }

  /** An earlier worker has left the job's chunk like this. */
  private void store(JobConversation... conversations) {
    JobProgress earlier = JobProgress.load(job.chunks, job.lease());
    OpenChunk chunk = OpenChunk.ofStored(earlier, 1);
    chunk.update(List.of(conversations));
    chunk.storePlan();
    job.pass(OneJob.TERM.plusSeconds(1));
  }

  private Reading reading() {
    JobProgress progress = JobProgress.load(job.chunks, job.lease());
    InHand inHand = new InHand(_ -> 10_000, job.clocks);
    Hand hand = inHand.open(JOB);
    ConversationReader reader =
        new ConversationReader(new WatchedReads(), job.settings, job.clocks);
    return Reading.of(OpenChunk.ofStored(progress, 1), hand, reader, Consistency.EVENTUAL);
  }

  /** The records, with the consistency of each read noted. */
  private final class WatchedReads implements ConversationRecords {

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      reads.add(consistency);
      return records.read(bot, conversation, after, limit, consistency);
    }

    @Override
    public IndexPage find(
        BotId bot,
        ChannelUserId channelUser,
        DateRange range,
        Optional<IndexPosition> after,
        int limit) {
      return records.find(bot, channelUser, range, after, limit);
    }

    @Override
    public DeleteAnswer delete(List<RecordId> some) {
      return records.delete(some);
    }
  }
}
