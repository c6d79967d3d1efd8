package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Hold;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.HoldText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "release",
    description = {
      "Releases a hold. Jobs that waited for it alone go on when the next off-peak window opens, and",
      "delete what it kept. Its id can't be used again."
    })
final class ReleaseHold implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;

  @Parameters(paramLabel = "HOLD", description = "Id of the hold.")
  private String holdId;

  @Option(names = "--yes", description = "Do not ask. A person at a terminal is asked otherwise.")
  private boolean yes;

  ReleaseHold(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      Surroundings surroundings = deletions.surroundings();
      if (!yes && surroundings.person().isPresent()) {
        new Confirmation(surroundings.person(), deletions.screen())
            .require(question(service.hold(holdId).hold()), "Nothing was released");
      }
      ApiAnswer answer = service.releaseHold(holdId);
      deletions.screen().show(answer.text(), () -> lines(answer.hold()));
      return ExitStatus.OK.code();
    }
  }

  private static String question(Hold hold) {
    int jobs = hold.waiting().map(List::size).orElse(0);
    return "The hold %s, which keeps %s, is to be released. %s for it. What it kept can be deleted then."
        .formatted(
            hold.holdId(),
            HoldText.what(hold),
            jobs == 0 ? "No job waits" : jobs == 1 ? "1 job waits" : jobs + " jobs wait");
  }

  private static List<String> lines(Hold hold) {
    return List.of(
        "The hold %s is released.".formatted(hold.holdId()),
        hold.holdsUntil()
            .map(
                moment ->
                    "It holds until the next off-peak window opens, at %s. Jobs that wait for no other go on then."
                        .formatted(moment))
            .orElse("Jobs that wait for no other go on in the next off-peak window."));
  }
}
