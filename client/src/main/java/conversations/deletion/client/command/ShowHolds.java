package conversations.deletion.client.command;

import conversations.deletion.client.api.Api;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.api.Hold;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.view.HoldText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "holds",
    description =
        "Lists the bot's holds, released ones too; or shows one, with the jobs that wait for it.")
final class ShowHolds implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private ApiOptions api;
  @Mixin private PageOptions pages;

  @Parameters(paramLabel = "HOLD", arity = "0..1", description = "Id of a hold; all by default.")
  private String holdId;

  ShowHolds(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    try (Api service = deletions.api(api)) {
      if (holdId == null) {
        pages.show(deletions.screen(), Map.of(), service::holds, ShowHolds::lines);
      } else {
        ApiAnswer answer = service.hold(holdId);
        deletions.screen().show(answer.text(), () -> HoldText.lines(answer.hold()));
      }
      return ExitStatus.OK.code();
    }
  }

  private static List<String> lines(ApiAnswer page) {
    List<Hold> holds = page.holds();
    return holds.isEmpty() ? List.of("No holds.") : HoldText.table(holds);
  }
}
