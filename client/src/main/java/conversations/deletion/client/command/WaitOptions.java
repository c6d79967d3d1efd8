package conversations.deletion.client.command;

import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Job;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.Screen;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that say how to wait for a job. */
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
    Surroundings surroundings = deletions.surroundings();
    ApiAnswer last =
        new JobWatcher(look, screen, surroundings.clock(), surroundings.pause())
            .follow(every, Optional.ofNullable(timeout));
    Job job = last.job();
    screen.showJob(last.text(), () -> job);
    return ExitStatus.of(job.status()).code();
  }
}
