package conversations.deletion.client.command;

import conversations.deletion.client.failure.ExitStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Explains all commands, or the one that is named.")
final class Help implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command to explain.")
  private Optional<String> command = Optional.empty();

  @Override
  public Integer call() {
    CommandLine all = spec.parent().commandLine();
    CommandLine explained = command.map(name -> find(name, all)).orElse(all);
    explained.usage(all.getOut(), all.getColorScheme());
    return ExitStatus.OK.code();
  }

  private static CommandLine find(String name, CommandLine all) {
    return Optional.ofNullable(all.getSubcommands().get(name))
        .orElseThrow(() -> Deletions.noCommand(name, all));
  }
}
