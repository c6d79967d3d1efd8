package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.Line;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    description = "Cancels a job. The job first finishes the conversations that it has begun.")
final class Cancel implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "JOB", description = "Id of the job.")
  private String jobId;

  Cancel(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      ApiAnswer answer = service.cancel(jobId);
      deletions
          .screen()
          .show(
              answer.text(),
              () ->
                  List.of(
                      answer.field("message"),
                      "The job is now %s.".formatted(Line.words(answer.status()))));
      return ExitStatus.OK.code();
    }
  }
}
