package conversations.deletion.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.Screen;
import conversations.deletion.client.view.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WatcherTest {

  private static final Instant NOW = Instant.parse("2026-05-08T18:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Duration> pauses = new ArrayList<>();
  private final Deque<Supplier<ApiAnswer>> looks = new ArrayDeque<>();
  private Instant now = NOW;

  private ApiAnswer follow(Terminal terminal, boolean json, Optional<Duration> atMost) {
    return follow(terminal, json, Duration.ZERO, atMost);
  }

  private ApiAnswer follow(
      Terminal terminal, boolean json, Duration first, Optional<Duration> atMost) {
    Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), terminal, json);
    return new Watcher(
            () -> (looks.size() > 1 ? looks.remove() : looks.element()).get(),
            answer -> new Sight.OfJob(answer.job()),
            screen,
            () -> now,
            this::pass)
        .follow(first, EVERY, atMost);
  }

  private void pass(Duration pause) {
    pauses.add(pause);
    now = now.plus(pause);
  }

  private static Supplier<ApiAnswer> job(String status, int processed, Instant scheduledAt) {
    String text =
        """
        {"jobId":"cdj-1","status":"%s","requestType":"cId","submittedAt":"2026-05-08T17:00:00.000Z",
         "scheduledAt":"%s","startedAt":"2026-05-08T18:00:00.000Z",
         "result":{"totalConversations":4,"processedCount":%d,"deletedConversations":%d,
                   "failedCount":0,"skippedCount":0,"deletedCount":%d,"retriesRemaining":3}}
        """
            .formatted(status, scheduledAt, processed, processed, processed * 10);
    try {
      ApiAnswer answer = new ApiAnswer(text, new ObjectMapper().readTree(text), Optional.empty());
      return () -> answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Supplier<ApiAnswer> failing(ExitStatus status, Optional<Duration> retryAfter) {
    return () -> {
      throw Failure.refused(status, "away", List.of(), "wait", "{}", retryAfter);
    };
  }

  @Test
  void writesALineForEachChangeWhereNoLineCanBeWrittenOver() {
    looks.add(job("queued", 0, NOW));
    looks.add(job("queued", 0, NOW));
    looks.add(job("in_progress", 1, NOW));
    looks.add(job("in_progress", 1, NOW));
    looks.add(job("completed", 4, NOW));

    follow(Terminal.none(), false, Optional.empty());

    assertThat(out.toString().lines())
        .containsExactly(
            "queued, waits for the off-peak hours, due now",
            "in progress, 1 of 4 done: 1 deleted, 0 failed, 0 not there, 10 records deleted",
            "completed, 4 of 4 done: 4 deleted, 0 failed, 0 not there, 40 records deleted");
    assertThat(pauses).hasSize(4).containsOnly(EVERY);
  }

  /** A hold may stand for years. */
  @Test
  void doesNotWaitForTheReleaseOfAHold() {
    looks.add(job("in_progress", 1, NOW));
    looks.add(job("on_hold", 3, NOW));

    follow(Terminal.none(), false, Optional.empty());

    assertThat(out.toString().lines().toList())
        .last()
        .isEqualTo("on hold, 3 of 4 done: 3 deleted, 0 failed, 0 not there, 30 records deleted");
    assertThat(pauses).containsExactly(EVERY);
  }

  @Test
  void writesEachLookOverTheOneBeforeWhereItCan() {
    looks.add(job("in_progress", 1, NOW));
    looks.add(job("completed", 4, NOW));

    follow(new Terminal(true, false, 100), false, Optional.empty());

    assertThat(out.toString().split("\r", 3))
        .satisfies(
            lines -> {
              assertThat(lines[0]).isEmpty();
              assertThat(lines[1]).contains(" 25 %").doesNotContain("\n");
              assertThat(lines[2]).contains("100 %").endsWith(System.lineSeparator());
            });
  }

  @Test
  void leavesTheOutputToTheJson() {
    looks.add(job("completed", 4, NOW));

    follow(Terminal.none(), true, Optional.empty());

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("completed");
  }

  @Test
  void looksSeldomWhileAJobIsNotDue() {
    looks.add(job("queued", 0, NOW.plusSeconds(3600)));
    looks.add(job("queued", 0, NOW.plusSeconds(130)));
    looks.add(job("queued", 0, NOW));
    looks.add(job("completed", 4, NOW));

    follow(Terminal.none(), false, Optional.empty());

    assertThat(pauses).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10), EVERY);
  }

  @Test
  void waitsAsLongAsALimitAsks() {
    looks.add(failing(ExitStatus.REFUSED, Optional.of(Duration.ofSeconds(17))));
    looks.add(job("completed", 4, NOW));

    follow(Terminal.none(), false, Optional.empty());

    assertThat(pauses).containsExactly(Duration.ofSeconds(17));
  }

  @Test
  void bearsAServiceThatIsAwayForAFewLooksInARow() {
    looks.add(failing(ExitStatus.UNREACHABLE, Optional.empty()));
    looks.add(failing(ExitStatus.UNREACHABLE, Optional.empty()));
    looks.add(failing(ExitStatus.UNREACHABLE, Optional.empty()));
    looks.add(failing(ExitStatus.UNREACHABLE, Optional.empty()));
    looks.add(job("in_progress", 1, NOW));
    looks.add(failing(ExitStatus.UNREACHABLE, Optional.empty()));

    assertThatThrownBy(() -> follow(Terminal.none(), false, Optional.empty())).hasMessage("away");

    assertThat(pauses).hasSize(4 + 1 + 4);
  }

  @Test
  void givesUpWhereNoAnswerCanBeUnderstood() {
    looks.add(job("paused", 1, NOW));

    assertThatThrownBy(() -> follow(Terminal.none(), false, Optional.empty()))
        .hasMessageContaining("'paused' is unknown");

    assertThat(pauses).hasSize(4);
  }

  @Test
  void looksNoSoonerThanTheServiceAsks() {
    looks.add(job("completed", 4, NOW));

    follow(Terminal.none(), false, Duration.ofSeconds(5), Optional.empty());
    follow(Terminal.none(), false, Duration.ofHours(5), Optional.empty());
    follow(Terminal.none(), false, Duration.ofHours(5), Optional.of(Duration.ofSeconds(2)));

    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(2));
  }

  @Test
  void bearsNoRefusal() {
    looks.add(failing(ExitStatus.REFUSED, Optional.empty()));

    assertThatThrownBy(() -> follow(Terminal.none(), false, Optional.empty())).hasMessage("away");

    assertThat(pauses).isEmpty();
  }

  @Test
  void looksALastTimeWhenTheTimeIsUp() {
    looks.add(job("in_progress", 1, NOW));

    ApiAnswer last = follow(Terminal.none(), false, Optional.of(Duration.ofSeconds(8)));

    assertThat(last.json().path("status").asText()).isEqualTo("in_progress");
    assertThat(pauses).containsExactly(EVERY, EVERY, Duration.ofSeconds(2));
  }
}
