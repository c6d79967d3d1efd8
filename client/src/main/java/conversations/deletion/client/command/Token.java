package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.client.failure.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "token",
    description = "Prints a token for the auth header, signed by a client app.")
final class Token implements Callable<Integer> {

  private final Deletions deletions;

  @Mixin private AppOptions app;

  @Option(
      names = "--valid-for",
      paramLabel = "TIME",
      converter = TimeText.class,
      description = "How long it is good, such as 30s, 15m or 1h; 10m by default.")
  private Duration validFor = Duration.ofMinutes(10);

  Token(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    String token = deletions.clientApp(app, deletions.target()).token(validFor);
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("token", token);
    deletions.screen().show(document.toString(), () -> List.of(token));
    return ExitStatus.OK.code();
  }
}
