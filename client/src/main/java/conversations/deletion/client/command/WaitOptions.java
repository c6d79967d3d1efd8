package conversations.deletion.client.command;

import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Job;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.Screen;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that say how to wait for a job or a preview. */
final class WaitOptions {

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = TimeText.class,
      description = "How often to look, such as 10s; 3s by default.")
  private Duration every = Duration.ofSeconds(3);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeText.class,
      description = "How long to wait at most, such as 30s, 15m or 2h.")
  private Duration timeout;

  /** Watches the job, shows how it ended, and returns the exit status for that. */
  int follow(Deletions deletions, Supplier<ApiAnswer> look) {
    Screen screen = deletions.screen();
    ApiAnswer last = watch(deletions, look, answer -> new Sight.OfJob(answer.job()), Duration.ZERO);
    Job job = last.job();
    screen.showJob(last.text(), () -> job);
    return ExitStatus.of(job.status()).code();
  }

  /**
   * Watches until the end, or until the time is up.
   *
   * @param first the time before the first look
   * @return the last look
   */
  ApiAnswer watch(
      Deletions deletions,
      Supplier<ApiAnswer> look,
      Function<ApiAnswer, Sight> sight,
      Duration first) {
    Surroundings surroundings = deletions.surroundings();
    return new Watcher(look, sight, deletions.screen(), surroundings.clock(), surroundings.pause())
        .follow(first, every, Optional.ofNullable(timeout));
  }
}
