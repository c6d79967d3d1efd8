package conversations.deletion.application.offpeak;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.Consistency;
import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.simulation.Lags;
import conversations.deletion.simulation.MemoryRecords;
import conversations.deletion.testing.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final BotId BOT = new BotId("st-1");
  private static final ConversationId ONE = new ConversationId("c-1");

  private final OneJob job = new OneJob(Jobs.queued(BOT, 1, NOW), List.of(ONE));
  private final MemoryRecords records = new MemoryRecords(() -> NOW, Lags.NONE, 1);

  /** Else the header would be taken for all that is left, and be deleted before the rest. */
  @Test
  void readsOnBehindTheHeaderHoweverLongThatTakes() {
    records.write(
        BOT,
        ONE,
        new RecordHead(
            "SESSION",
            Optional.empty(),
            Optional.of(new SessionHeader(Optional.empty(), Optional.empty()))));
    records.writeRetained(BOT, ONE, record("T"));
    records.write(BOT, ONE, record("Z"));

    Readout left =
        new RecordReader(new SlowRecords(), job.clocks)
            .readPlan(
                job.lease(), JobConversation.pending(ONE), Optional.empty(), Consistency.STRONG);

    assertThat(left.records()).extracting(RecordHead::recordKey).containsExactly("SESSION", "Z");
    assertThat(left.activity().retained()).isEqualTo(1);
  }

  private static RecordHead record(String key) {
    return new RecordHead(key, Optional.empty(), Optional.empty());
  }

  /** Each page takes longer than what a reading may take. */
  private final class SlowRecords implements ConversationRecords {

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      job.pass(RecordReader.SLICE.plusSeconds(1));
      return records.read(bot, conversation, after, limit, consistency);
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DeleteAnswer delete(List<RecordId> some) {
      throw new UnsupportedOperationException();
    }
  }
}
