package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description = {
      "Shows a job's progress until it has ended, or waits for a hold. The exit status says how it",
      "ended."
    })
final class Watch implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private WaitOptions waiting;

  @Parameters(paramLabel = "JOB", description = "Id of the job.")
  private String jobId;

  Watch(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      return waiting.follow(deletions, () -> service.job(jobId));
    }
  }
}
