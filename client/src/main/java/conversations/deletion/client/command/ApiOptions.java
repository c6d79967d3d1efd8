package conversations.deletion.client.command;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the bot and the client app of a request. */
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
