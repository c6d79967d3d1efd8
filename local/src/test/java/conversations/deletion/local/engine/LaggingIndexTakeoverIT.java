package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Chunk;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.local.RecordItem;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A worker that continues a channel user's job counts nothing twice. */
class LaggingIndexTakeoverIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void countsOnceWhatALaggingIndexStillNamesToAWorkerThatTookOver() {
    Instant earlier = engine.time.instant().minus(Duration.ofDays(2));
    Instant later = engine.time.instant().minus(Duration.ofDays(1));
    ConversationId foundLate = engine.platform.conversation(engine.platform.user, earlier, 5);
    ConversationId foundFirst = engine.platform.conversation(engine.platform.user, later, 7);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();
    engine.records =
        new Lagging(
            engine.records,
            engine.platform.bot(),
            entry(foundLate, earlier),
            entry(foundFirst, later));

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(2).deleted(2).records(12));
    engine.platform.assertExactly(before, foundLate, foundFirst);
  }

  private IndexEntry entry(ConversationId conversation, Instant startedAt) {
    return RecordItem.entry(engine.platform.bot(), conversation, startedAt);
  }

  /**
   * An index with a page for each conversation. It learns of the first one late, and of no delete.
   * A replica of the second one learns of no delete either. The first one's page also names enough
   * conversations that are long gone to fill a chunk, so the chunk ends before the second one. The
   * worker that has deleted both dies when it begins a third pass.
   */
  private static final class Lagging extends RecordsDecorator {

    private final List<IndexEntry> firstPage;
    private final IndexEntry second;
    private final RecordPage replica;
    private int passes;

    Lagging(ConversationRecords real, BotId bot, IndexEntry first, IndexEntry second) {
      super(real);
      this.firstPage =
          Stream.concat(
                  Stream.of(first),
                  IntStream.range(1, Chunk.MAX_CONVERSATIONS)
                      .mapToObj(i -> new ConversationId("gone-" + i))
                      .map(gone -> RecordItem.entry(bot, gone, first.startedAt().orElseThrow())))
              .toList();
      this.second = second;
      this.replica =
          real.read(bot, second.conversation(), Optional.empty(), 100, Consistency.STRONG);
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      if (after.isEmpty() && ++passes == 3) {
        throw new Killed();
      }
      boolean isLastPage = passes == 1 || after.equals(Optional.of(firstPage.getLast().position()));
      return isLastPage
          ? new IndexPage(List.of(second), 0, Optional.empty())
          : new IndexPage(firstPage, 0, Optional.of(firstPage.getLast().position()));
    }

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      return consistency == Consistency.EVENTUAL && conversation.equals(second.conversation())
          ? replica
          : super.read(bot, conversation, after, limit, consistency);
    }
  }
}
