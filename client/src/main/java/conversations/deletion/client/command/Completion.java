package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.failure.ExitStatus;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Prints a script that completes these commands in bash and zsh:",
      "source <(deletions completion)"
    })
final class Completion implements Callable<Integer> {

  private final Deletions deletions;

  @Spec private CommandSpec spec;

  Completion(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("deletions", spec.root().commandLine());
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("script", script);
    deletions.screen().show(document.toString(), () -> script.lines().toList());
    return ExitStatus.OK.code();
  }
}
