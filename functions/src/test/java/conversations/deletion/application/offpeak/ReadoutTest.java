package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.offpeak.Readout.ReadAt;
import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.reading.Activity;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadoutTest {

  private static final JobConversation PENDING = JobConversation.pending(new ConversationId("c-1"));

  @Test
  void aPlanIsNoLargerThanAStepAndTheRestIsKeptForTheNext() {
    Readout readout = readout(PENDING, Chunk.MAX_PLANNED + 7);

    assertThat(readout.forPlan()).hasSize(Chunk.MAX_PLANNED);
    assertThat(readout.hasMore()).isTrue();
    assertThat(readout.afterPlan(PENDING).records()).isEqualTo(last(7, readout));
    assertThat(readout.afterPlan(PENDING).hasMore()).isFalse();
  }

  @Test
  void aPlanThatAnEarlierWorkerLeftIsFinishedWhole() {
    JobConversation planned =
        PENDING.plan(Store.RECORDS, Fingerprints.of(List.of("0", "1")), Optional.of("1"));
    Readout readout = readout(planned, Chunk.MAX_PLANNED + 7);

    assertThat(readout.forPlan()).hasSize(Chunk.MAX_PLANNED + 7);
    assertThat(readout.hasMore()).isFalse();
  }

  @Test
  void whatIsReadToTheEndHasNoMore() {
    assertThat(readout(PENDING, Chunk.MAX_PLANNED).hasMore()).isFalse();
    assertThat(readout(PENDING, 0).isEmpty()).isTrue();
  }

  private static List<RecordHead> last(int count, Readout readout) {
    int size = readout.records().size();
    return readout.records().subList(size - count, size);
  }

  private static Readout readout(JobConversation conversation, int records) {
    List<RecordHead> heads =
        IntStream.range(0, records)
            .mapToObj(i -> new RecordHead(Integer.toString(i), Optional.empty(), Optional.empty()))
            .toList();
    return new Readout(
        conversation,
        Optional.empty(),
        heads,
        Optional.empty(),
        Activity.NONE,
        new ReadAt(Instant.EPOCH, 0),
        Consistency.EVENTUAL);
  }
}
