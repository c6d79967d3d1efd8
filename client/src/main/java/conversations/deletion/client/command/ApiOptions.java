package conversations.deletion.client.command;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose jobs are meant, and who asks. */
final class ApiOptions {

  @Option(names = "--bot", paramLabel = "BOT", description = "The bot.")
  private String bot;

  @Mixin private AppOptions app;

  Optional<String> bot() {
    return Optional.ofNullable(bot);
  }

  AppOptions app() {
    return app;
  }
}
