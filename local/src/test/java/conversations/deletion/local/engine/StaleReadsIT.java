package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a replica that lags behind, a job still leaves nothing behind and counts correctly. */
class StaleReadsIT {

  @AutoClose private final Engine engine = new Engine();

  @BeforeEach
  void deleteOneAfterAnother() {
    engine.deleteConcurrency = 1;
  }

  @Test
  void deletesARecordThatOnlyAConsistentLookSees() {
    ConversationId one = engine.platform.conversation(10);
    engine.platform.append(one, "MESSAGE#young", Instant.EPOCH);
    Census before = engine.platform.census();
    engine.records = new LaggingReplica(engine.records, key -> key.equals("MESSAGE#young"));
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(11));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void skipsNoConversationThatOnlyAConsistentLookSees() {
    ConversationId one = engine.platform.conversation(10);
    Census before = engine.platform.census();
    engine.records = new LaggingReplica(engine.records, _ -> true);
    DeletionJob job = engine.jobs.submit(one);

    engine.run();

    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(10));
    engine.platform.assertExactly(before, one);
  }

  @Test
  void countsWhatATakenOverPlanLeftByAConsistentLook() {
    ConversationId one = engine.platform.conversation(60);
    Census before = engine.platform.census();
    DeletionJob job = engine.jobs.submit(one);
    AtomicInteger deletes = new AtomicInteger();
    ConversationRecords real = engine.records;
    engine.records =
        new WatchedRecords(real)
            .beforeDelete(
                _ -> {
                  if (deletes.incrementAndGet() == 2) {
                    engine.records = new LaggingReplica(real, key -> key.startsWith("TAG"));
                    throw new Killed();
                  }
                });

    engine.runUntilClosed(job);

    assertThat(deletes).hasValue(2);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(60));
    engine.platform.assertExactly(before, one);
  }

  /** Eventually consistent reads of these records miss those whose keys match. */
  private static final class LaggingReplica extends RecordsDecorator {

    private final Predicate<String> isMissed;

    LaggingReplica(ConversationRecords real, Predicate<String> isMissed) {
      super(real);
      this.isMissed = isMissed;
    }

    @Override
    public RecordPage read(
        BotId bot,
        ConversationId conversation,
        Optional<String> after,
        int limit,
        Consistency consistency) {
      RecordPage page = super.read(bot, conversation, after, limit, consistency);
      if (consistency == Consistency.STRONG) {
        return page;
      }
      List<RecordHead> seen =
          page.records().stream().filter(head -> !isMissed.test(head.recordKey())).toList();
      return new RecordPage(seen, page.retained(), page.volume(), page.next());
    }
  }
}
