package conversations.deletion.client.command;

import conversations.deletion.client.api.Job;
import conversations.deletion.client.failure.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Tells where a job stands.")
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
    try (var service = deletions.api(api)) {
      var answer = service.job(jobId);
      var screen = deletions.screen();
      screen.show(answer.text(), () -> screen.jobText().lines(Job.of(answer.json())));
      return ExitStatus.OK.code();
    }
  }
}
