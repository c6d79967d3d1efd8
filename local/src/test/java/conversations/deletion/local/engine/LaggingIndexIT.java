package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.IndexEntry;
import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Timestamps;
import conversations.deletion.local.RecordItem;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Conversations that the index does not name yet are found, and those that it names wrongly are
 * left alone.
 */
class LaggingIndexIT {

  @AutoClose private final Engine engine = new Engine();

  @Test
  void asksAgainWhatAPassThatFoundNothingMayHaveMissed() {
    ConversationId one = engine.platform.conversation(5);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();
    AtomicInteger passes = new AtomicInteger();
    engine.records = index(page -> passes.incrementAndGet() == 1 ? List.of() : page);

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(5));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void waitsUntilTheIndexHasSettledBeforeItsLastPass() {
    ConversationId one = engine.platform.conversation(5);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitUser();
    Instant settled = job.submittedAt().plusSeconds(60);
    engine.records = index(page -> engine.time.instant().isBefore(settled) ? List.of() : page);

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(5));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void countsOnceWhatTheIndexAndAStaleReadStillShowLongAfterItsDelete() {
    ConversationId first = engine.platform.conversation(5);
    ConversationId second = engine.platform.conversation(7);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();
    engine.records = new StillShown(engine.records, engine.time, first);

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(2).deleted(2).records(12));
    engine.platform.assertExactly(before, first, second);
  }

  /**
   * The index names one conversation first, then both, and hears of no delete. Neither do reads
   * that need not be consistent. What was deleted a pass before is more than a minute ago, so the
   * run has forgotten it once it has deleted something else.
   */
  private static final class StillShown extends RecordsDecorator {

    private static final Duration CALL = Engine.LEASE_TERM.dividedBy(2).plusSeconds(1);

    private final TestTime time;
    private final ConversationId first;
    private final Map<ConversationId, RecordPage> reads = new HashMap<>();
    private Optional<IndexPage> both = Optional.empty();

    StillShown(ConversationRecords real, TestTime time, ConversationId first) {
      super(real);
      this.time = time;
      this.first = first;
    }

    @Override
    public IndexPage find(
        BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
      time.advance(CALL);
      if (both.isPresent()) {
        return both.get();
      }
      IndexPage page = super.find(bot, wanted, after, limit);
      both = Optional.of(page);
      return new IndexPage(
          page.conversations().stream().filter(one -> one.conversation().equals(first)).toList(),
          page.before(),
          page.next());
    }

    @Override
    public DeleteAnswer delete(List<RecordId> records) {
      time.advance(CALL);
      return super.delete(records);
    }

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      RecordPage page = super.read(bot, conversation, after, limit, consistency);
      RecordPage earlier = reads.computeIfAbsent(conversation, _ -> page);
      return consistency == Consistency.EVENTUAL ? earlier : page;
    }
  }

  @Test
  void sparesAConversationWhoseHeaderNamesAnotherChannelUser() {
    assertSpares(engine.platform.conversation(new ChannelUserId("u-neighbour"), daysAgo(1), 4));
  }

  @Test
  void sparesAConversationWhoseHeaderSaysThatItBeganOutsideTheRange() {
    assertSpares(engine.platform.conversation(engine.platform.user, daysAgo(9), 4));
  }

  /** Runs a job for the last two days, and the index names this conversation for it too. */
  private void assertSpares(ConversationId conversation) {
    ConversationId own = engine.platform.conversation(3);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitUser(Optional.of(daysAgo(2)), Optional.empty());
    IndexEntry wrong = RecordItem.entry(engine.platform.bot(), conversation, daysAgo(1));
    engine.time.advance(Duration.ofMinutes(5));
    engine.records =
        index(
            page -> {
              List<IndexEntry> more = new ArrayList<>(page);
              more.add(wrong);
              return more;
            });

    DeletionJob closed = engine.runUntilClosed(job);

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts()).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    engine.platform.assertExactly(before, own);
  }

  @Test
  void takesAnUnfinishedConversationOnceHoweverOftenTheIndexNamesIt() {
    ConversationId stuck = engine.platform.conversation(9);
    Census before = engine.platform.census();
    ConversationRecords healthy = engine.records;
    engine.records = new RefusingRecords(healthy, stuck, "MESSAGE");
    AtomicInteger passes = new AtomicInteger();
    engine.records =
        index(
            page -> {
              assertThat(passes.incrementAndGet()).as("passes").isLessThan(10);
              return page;
            });
    DeletionJob job = engine.jobs.submitSettledUser();
    engine.run();
    assertThat(engine.jobs.counts(job).total()).isEqualTo(1);
    assertThat(engine.jobs.counts(job).failed()).isEqualTo(1);
    engine.records = healthy;

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(9));
    assertThat(engine.jobs.state(job).retries().remaining()).isEqualTo(2);
    engine.platform.assertExactly(before, stuck);
  }

  @Test
  void takesNoConversationForTheOneOfAnotherBotThatTheIndexLeadsTo() {
    ConversationId own = engine.platform.conversation(3);
    ConversationId sameId = new ConversationId("same-id");
    engine.platform.append(sameId, "MESSAGE#1", daysAgo(1));
    engine.platform.headerByHand(
        new BotId("st-" + UUID.randomUUID()), sameId.value(), Timestamps.format(daysAgo(1)));
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submitSettledUser();

    engine.runUntilClosed(job);

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    engine.platform.assertExactly(before, own);
  }

  private Instant daysAgo(int days) {
    return engine.time.instant().minus(Duration.ofDays(days));
  }

  /** Records whose index names other conversations than there are. */
  private ConversationRecords index(UnaryOperator<List<IndexEntry>> named) {
    return new RecordsDecorator(engine.records) {
      @Override
      public IndexPage find(
          BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
        IndexPage page = super.find(bot, wanted, after, limit);
        return new IndexPage(named.apply(page.conversations()), page.before(), page.next());
      }
    };
  }
}
