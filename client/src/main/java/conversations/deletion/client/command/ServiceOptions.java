package conversations.deletion.client.command;

import static picocli.CommandLine.ScopeType.INHERIT;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.service.AwsAccess;
import conversations.deletion.client.service.LocalTarget;
import conversations.deletion.client.service.StackTarget;
import conversations.deletion.client.service.Target;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name the service, which every command has. */
final class ServiceOptions {

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      scope = INHERIT,
      description = "Use this deployed stack instead of the service on this machine.")
  private String stack;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      scope = INHERIT,
      description = "The AWS region of the stack.")
  private String region;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      scope = INHERIT,
      description = "The AWS profile for the stack.")
  private String profile;

  @Option(
      names = "--local",
      paramLabel = "FILE",
      scope = INHERIT,
      description = "The local.json of the service on this machine.")
  private Path local;

  /**
   * The service that the options name; without one, that of the environment, or of this machine.
   */
  Target target(Surroundings surroundings) {
    Optional<String> name = Optional.ofNullable(stack);
    if (local != null) {
      if (name.isPresent()) {
        throw new Failure(
            ExitStatus.USAGE, "--stack and --local name two services", "Give only one of them.");
      }
      return LocalTarget.read(local);
    }
    return name.or(() -> surroundings.variable("DELETIONS_STACK"))
        .<Target>map(
            known ->
                StackTarget.find(
                    known,
                    AwsAccess.deployed(Optional.ofNullable(region), Optional.ofNullable(profile))))
        .orElseGet(() -> LocalTarget.above(surroundings.folder()));
  }
}
