package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.Reason;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A job deletes all of the channel user's conversations and nothing else, for all entries that
 * platforms have written into the index.
 */
class IndexEntriesIT {

  private static final Instant FROM = Instant.parse("2026-05-04T00:00:00.000Z");
  private static final Instant TO = Instant.parse("2026-05-04T23:59:59.500Z");

  @AutoClose private final Engine engine = new Engine();

  @Test
  void deletesConversationsWhoseIdsNoCallerCouldName() {
    Stream.of("a b", "a/b", "a#b", "ä", "x".repeat(200))
        .forEach(id -> engine.platform.headerByHand(id, "2026-05-04T10:00:00.000Z"));
    engine.platform.headerByHand("after", "2026-05-05T00:00:00.000Z");
    Census before = engine.platform.census();

    DeletionJob closed = run();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts().deletedRecords()).isEqualTo(5);
    assertThat(engine.platform.census().conversations())
        .isEqualTo(onlyOf(before.conversations(), engine.platform.bot() + "#after"));
  }

  @Test
  void knowsTheRangesLastSecondInWhateverPrecisionItWasWritten() {
    Stream.of("2026-05-04T23:59:59Z", "2026-05-04T23:59:59.5001Z", "2026-05-04T00:00:00Z")
        .forEach(start -> engine.platform.headerByHand("in-" + start, start));
    Stream.of(
            "2026-05-04T23:59:59.501Z",
            "2026-05-04T23:59:59.6Z",
            "2026-05-03T23:59:59Z",
            "2026-05-05T00:00:00Z")
        .forEach(start -> engine.platform.headerByHand("out-" + start, start));

    DeletionJob closed = run();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts().deletedRecords()).isEqualTo(3);
    assertThat(engine.platform.census().conversations().keySet())
        .hasSize(4)
        .allMatch(key -> key.contains("#out-"));
  }

  @Test
  void leavesAnotherBotsConversationAloneThatTheIndexLeadsTo() {
    engine.platform.headerByHand("own-1", "2026-05-04T10:00:00.000Z");
    engine.platform.headerByHand(new BotId("st-another"), "theirs", "2026-05-04T11:00:00.000Z");
    engine.platform.headerByHand(
        new BotId(engine.platform.bot() + "x"), "theirs", "2026-05-04T11:30:00.000Z");
    engine.platform.headerByHand("own-2", "2026-05-04T12:00:00.000Z");
    Census before = engine.platform.census();

    DeletionJob closed = run();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts().deletedRecords()).isEqualTo(2);
    assertThat(engine.platform.census().conversations())
        .isEqualTo(
            onlyOf(
                before.conversations(), "st-another#theirs", engine.platform.bot() + "x#theirs"));
  }

  @Test
  void tellsOfEntriesWhoseKeyTellsNoConversationAndDeletesTheRest() {
    // More than a page and a chunk of them, all before what can be deleted.
    IntStream.range(0, 230)
        .forEach(i -> engine.platform.headerUnderKey("key-" + i, "2026-05-04T10:00:00.000Z"));
    engine.platform.headerUnderKey("too-late", "2026-05-06T10:00:00.000Z");
    engine.platform.headerByHand("own", "2026-05-04T12:00:00.000Z");
    // The id of another conversation is the same text.
    engine.platform.headerByHand("key-0", "2026-05-04T12:00:00.000Z");
    Census before = engine.platform.census();

    DeletionJob closed = run();

    assertThat(closed.state().status()).isEqualTo(JobStatus.PARTIALLY_COMPLETED);
    assertThat(closed.state().counts())
        .isEqualTo(Counted.conversations(232).deleted(2).failed(230).records(2));
    assertThat(engine.jobs.outcome(closed, ConversationId.unreadable("key-7")).reason())
        .contains(Reason.KEY_UNREADABLE);
    assertThat(closed.state().retries().remaining()).as("retries").isEqualTo(3);
    TreeMap<String, ?> left = new TreeMap<>(before.conversations());
    left.keySet()
        .removeAll(Set.of(engine.platform.bot() + "#own", engine.platform.bot() + "#key-0"));
    assertThat(engine.platform.census().conversations().keySet()).isEqualTo(left.keySet());
  }

  private static <V> Map<String, V> onlyOf(Map<String, V> conversations, String... keys) {
    TreeMap<String, V> kept = new TreeMap<>(conversations);
    kept.keySet().retainAll(Set.of(keys));
    return kept;
  }

  private DeletionJob run() {
    DeletionJob job = engine.jobs.submitUser(Optional.of(FROM), Optional.of(TO));
    engine.time.advance(Duration.ofMinutes(5));
    return engine.runUntilClosed(job);
  }
}
