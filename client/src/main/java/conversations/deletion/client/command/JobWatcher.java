package conversations.deletion.client.command;

import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Job;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.view.JobText;
import conversations.deletion.client.view.Line;
import conversations.deletion.client.view.ProgressBar;
import conversations.deletion.client.view.Screen;
import conversations.deletion.domain.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Watches a job until it has ended, and shows its state. */
final class JobWatcher {

  /** After this many failed looks in a row, the command gives up. */
  private static final int MOST_FAILURES = 5;

  /** The longest wait: a job may start before it is due, if an operator starts a run by hand. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Supplier<ApiAnswer> look;
  private final Screen screen;
  private final InstantSource clock;
  private final Pause pause;
  private final ProgressBar bar;
  private String shown = "";
  private int failures;

  JobWatcher(Supplier<ApiAnswer> look, Screen screen, InstantSource clock, Pause pause) {
    this.look = look;
    this.screen = screen;
    this.clock = clock;
    this.pause = pause;
    this.bar = new ProgressBar(screen.terminal());
  }

  /**
   * Looks until the job has ended, or the time is up.
   *
   * @return the last look
   * @throws Failure if the service refuses, or several looks in a row fail
   */
  ApiAnswer follow(Duration every, Optional<Duration> atMost) {
    Instant end = atMost.map(clock.instant()::plus).orElse(Instant.MAX);
    while (true) {
      Duration wait;
      try {
        ApiAnswer answer = look.get();
        failures = 0;
        Job job = answer.job();
        show(job);
        if (job.status().isEnd() || !clock.instant().isBefore(end)) {
          endLine();
          return answer;
        }
        wait = wait(job, every);
      } catch (Failure e) {
        wait = waitAfter(e, every);
      }
      pause.pause(shorter(wait, end));
    }
  }

  private void show(Job job) {
    if (screen.terminal().rewrites()) {
      screen.redraw(bar.line(job, clock.instant()));
      return;
    }
    Line line = JobText.line(job, clock.instant());
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

  private Duration wait(Job job, Duration every) {
    Duration untilDue = Duration.between(clock.instant(), job.scheduledAt()).dividedBy(10);
    return job.status() == JobStatus.QUEUED && untilDue.compareTo(every) > 0
        ? min(untilDue, LONGEST_WAIT)
        : every;
  }

  private Duration waitAfter(Failure failure, Duration every) {
    failures++;
    boolean passes = failure.retryAfter().isPresent() || failure.status() == ExitStatus.UNREACHABLE;
    if (!passes || failures == MOST_FAILURES) {
      endLine();
      throw failure;
    }
    return failure.retryAfter().orElse(every);
  }

  private Duration shorter(Duration wait, Instant end) {
    return end.equals(Instant.MAX) ? wait : min(wait, Duration.between(clock.instant(), end));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
