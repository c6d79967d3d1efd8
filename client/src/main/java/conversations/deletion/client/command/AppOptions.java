package conversations.deletion.client.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name the client app that signs. */
final class AppOptions {

  @Option(
      names = "--app",
      paramLabel = "ID",
      description = "The client app that signs. Its key is in its file or in Secrets Manager.")
  private String appId;

  @Option(
      names = "--app-file",
      paramLabel = "FILE",
      description = "The file of the client app that signs.")
  private Path file;

  Optional<String> appId() {
    return Optional.ofNullable(appId);
  }

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
