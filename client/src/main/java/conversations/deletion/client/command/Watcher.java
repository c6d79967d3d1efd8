package conversations.deletion.client.command;

import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.Line;
import conversations.deletion.client.view.ProgressBar;
import conversations.deletion.client.view.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Watches a job or a preview until it has ended or waits for people, and shows its state. */
final class Watcher {

  /** The longest wait: a job may start before it is due, if an operator starts a run by hand. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Supplier<ApiAnswer> look;
  private final Function<ApiAnswer, Sight> sight;
  private final Screen screen;
  private final InstantSource clock;
  private final Pause pause;
  private final ProgressBar bar;
  private final Patience patience = new Patience();
  private String shown = "";

  /**
   * A watcher that has seen nothing yet.
   *
   * @param look asks the service
   * @param sight reads what is seen; throws a {@link Failure} if it can't be read
   */
  Watcher(
      Supplier<ApiAnswer> look,
      Function<ApiAnswer, Sight> sight,
      Screen screen,
      InstantSource clock,
      Pause pause) {
    this.look = look;
    this.sight = sight;
    this.screen = screen;
    this.clock = clock;
    this.pause = pause;
    this.bar = new ProgressBar(screen.terminal());
  }

  /**
   * Looks until there is nothing to wait for, or the time is up.
   *
   * @param first the time before the first look, as the service asks for it
   * @return the last look
   * @throws Failure if the service refuses, or several looks in a row fail
   */
  ApiAnswer follow(Duration first, Duration every, Optional<Duration> atMost) {
    Instant end = atMost.map(clock.instant()::plus).orElse(Instant.MAX);
    Duration wait = min(first, LONGEST_WAIT);
    while (true) {
      if (wait.isPositive()) {
        pause.pause(shorter(wait, end));
      }
      try {
        ApiAnswer answer = look.get();
        Sight seen = sight.apply(answer);
        patience.answered();
        show(seen);
        if (seen.isLast() || !clock.instant().isBefore(end)) {
          endLine();
          return answer;
        }
        wait = wait(seen, every);
      } catch (Failure e) {
        if (!patience.bears(e)) {
          endLine();
          throw e;
        }
        wait = e.retryAfter().orElse(every);
      }
    }
  }

  private void show(Sight seen) {
    if (screen.terminal().rewrites()) {
      screen.redraw(seen.bar(bar, clock.instant()));
      return;
    }
    Line line = seen.line(clock.instant());
    String news = line.plain().replaceAll(", due in .*", "");
    if (!news.equals(shown)) {
      screen.tell(line);
      shown = news;
    }
  }

  private void endLine() {
    if (screen.terminal().rewrites()) {
      screen.tell("");
    }
  }

  private Duration wait(Sight seen, Duration every) {
    return seen.dueAt()
        .map(due -> Duration.between(clock.instant(), due).dividedBy(10))
        .filter(untilDue -> untilDue.compareTo(every) > 0)
        .map(untilDue -> min(untilDue, LONGEST_WAIT))
        .orElse(every);
  }

  private Duration shorter(Duration wait, Instant end) {
    return end.equals(Instant.MAX) ? wait : min(wait, Duration.between(clock.instant(), end));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
