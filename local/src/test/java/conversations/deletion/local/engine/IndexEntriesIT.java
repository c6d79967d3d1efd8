package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever platforms have written into the index: all of the channel user's, and nothing else. */
class IndexEntriesIT {

  private static final Instant FROM = Instant.parse("2026-05-04T00:00:00.000Z");
  private static final Instant TO = Instant.parse("2026-05-04T23:59:59.500Z");

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
  void deletesConversationsWhoseIdsNoCallerCouldName() {
    Stream.of("a b", "a/b", "a#b", "ä", "x".repeat(200))
        .forEach(id -> engine.headerByHand(engine.bot.value(), id, "2026-05-04T10:00:00.000Z"));
    engine.headerByHand(engine.bot.value(), "after", "2026-05-05T00:00:00.000Z");
    var before = engine.census();

    DeletionJob closed = run();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts().deletedRecords()).isEqualTo(5);
    assertThat(engine.census().conversations())
        .isEqualTo(onlyOf(before.conversations(), engine.bot + "#after"));
  }

  @Test
  void knowsTheRangesLastSecondInWhateverPrecisionItWasWritten() {
    Stream.of("2026-05-04T23:59:59Z", "2026-05-04T23:59:59.5001Z", "2026-05-04T00:00:00Z")
        .forEach(start -> engine.headerByHand(engine.bot.value(), "in-" + start, start));
    Stream.of(
            "2026-05-04T23:59:59.501Z",
            "2026-05-04T23:59:59.6Z",
            "2026-05-03T23:59:59Z",
            "2026-05-05T00:00:00Z")
        .forEach(start -> engine.headerByHand(engine.bot.value(), "out-" + start, start));

    DeletionJob closed = run();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts().deletedRecords()).isEqualTo(3);
    assertThat(engine.census().conversations().keySet())
        .hasSize(4)
        .allMatch(key -> key.contains("#out-"));
  }

  @Test
  void leavesAnotherBotsConversationAloneThatTheIndexLeadsTo() {
    engine.headerByHand(engine.bot.value(), "own-1", "2026-05-04T10:00:00.000Z");
    engine.headerByHand("st-another", "theirs", "2026-05-04T11:00:00.000Z");
    engine.headerByHand(engine.bot + "x", "theirs", "2026-05-04T11:30:00.000Z");
    engine.headerByHand(engine.bot.value(), "own-2", "2026-05-04T12:00:00.000Z");
    var before = engine.census();

    DeletionJob closed = run();

    assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(closed.state().counts().deletedRecords()).isEqualTo(2);
    assertThat(engine.census().conversations())
        .isEqualTo(onlyOf(before.conversations(), "st-another#theirs", engine.bot + "x#theirs"));
  }

  private static <V> Map<String, V> onlyOf(Map<String, V> conversations, String... keys) {
    var kept = new TreeMap<>(conversations);
    kept.keySet().retainAll(Set.of(keys));
    return kept;
  }

  private DeletionJob run() {
    DeletionJob job = engine.submitUser(Optional.of(FROM), Optional.of(TO));
    engine.time.advance(Duration.ofMinutes(5));
    return engine.runUntilClosed(job);
  }
}
