package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Shows a job's state.")
final class Status implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "JOB", description = "Id of the job.")
  private String jobId;

  Status(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      ApiAnswer answer = service.job(jobId);
      deletions.screen().showJob(answer.text(), answer::job);
      return ExitStatus.OK.code();
    }
  }
}
