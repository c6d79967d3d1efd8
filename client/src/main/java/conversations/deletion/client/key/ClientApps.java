package conversations.deletion.client.key;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.service.LocalTarget;
import conversations.deletion.client.service.StackTarget;
import conversations.deletion.client.service.Target;
import conversations.deletion.domain.ClientAppId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Finds the client app that sends a request.
 *
 * @param environment the environment variables: {@code DELETIONS_APP_FILE} or {@code DELETIONS_APP}
 *     may name a client app of a stack, and {@code DELETIONS_APP_SECRET} may hold its HS256 secret
 * @param folder the folder that keeps the files of client apps, in a folder for each service
 * @param warnings gets what a person should know, a line each
 */
public record ClientApps(Map<String, String> environment, Path folder, Consumer<String> warnings) {

  private static final String REMEDY =
      "Name one with --app-file FILE or --app ID, or register one with deletions register-app.";

  /** The file that keeps a client app of this service. */
  public Path file(Target target, String appId) {
    return folder.resolve(target.name()).resolve(appId + ".json");
  }

  /**
   * Finds the client app. If a file is named, it is the client app of that file. If an id is named,
   * its key comes from the environment, its file or Secrets Manager. Otherwise it is the only
   * client app that is known. Its tokens are for this service.
   *
   * @throws Failure if no client app is found
   */
  public ClientApp find(Optional<Path> file, Optional<String> appId, Target target) {
    return chosen(file, appId, target).withAudience(target.audience());
  }

  private ClientApp chosen(Optional<Path> file, Optional<String> appId, Target target) {
    if (file.isPresent()) {
      return read(file.get());
    }
    Optional<String> fileOfEnvironment = set("DELETIONS_APP_FILE", target);
    if (appId.isEmpty() && fileOfEnvironment.isPresent()) {
      return read(Path.of(fileOfEnvironment.get()));
    }
    return appId
        .or(() -> set("DELETIONS_APP", target))
        .map(id -> named(id, target))
        .or(target::clientApp)
        .orElseGet(() -> theOnlyOne(target));
  }

  /** Returns if the text can be the id of a client app. */
  public static void requireId(String appId) {
    if (!ClientAppId.isValid(appId)) {
      throw new Failure(
          ExitStatus.USAGE,
          "%s is not a valid client app id".formatted(appId),
          "An id has 1 to 128 letters, digits, '-' or '_'.");
    }
  }

  private ClientApp named(String appId, Target target) {
    requireId(appId);
    Optional<String> secret = set("DELETIONS_APP_SECRET", target);
    if (secret.isPresent()) {
      return signingWith(appId, secret.get(), "DELETIONS_APP_SECRET");
    }
    Path file = file(target, appId);
    return Files.exists(file) ? read(file) : ofSecretsManager(appId, target);
  }

  private static ClientApp ofSecretsManager(String appId, Target target) {
    String name = target.output("ClientSecretsPrefix") + appId;
    try (SecretsManagerClient secretsManager = target.aws().secretsManager()) {
      GetSecretValueResponse secret =
          secretsManager.getSecretValue(request -> request.secretId(name));
      if (secret.secretString() == null) {
        throw unusable(name, "it is binary, and a secret is a text");
      }
      return signingWith(appId, secret.secretString(), name);
    } catch (ResourceNotFoundException e) {
      throw new Failure(
          ExitStatus.USAGE,
          "The key of the client app %s was not found".formatted(appId),
          REMEDY,
          e);
    }
  }

  private static ClientApp signingWith(String appId, String secret, String where) {
    try {
      return new ClientApp(appId, secret);
    } catch (IllegalArgumentException e) {
      throw unusable(where, e.getMessage());
    }
  }

  private static Failure unusable(String where, String why) {
    return new Failure(
        ExitStatus.USAGE,
        "The secret in %s can't be used: %s".formatted(where, why),
        "Put the whole secret there, as text; or register a client app with deletions register-app.");
  }

  private ClientApp theOnlyOne(Target target) {
    List<Path> files = filesOf(folder.resolve(target.name()));
    return switch (files.size()) {
      case 0 -> throw new Failure(ExitStatus.USAGE, "No client app is named", REMEDY);
      case 1 -> read(files.getFirst());
      default ->
          throw new Failure(
              ExitStatus.USAGE,
              "No client app is named, and there are %d in %s"
                  .formatted(files.size(), folder.resolve(target.name())),
              "Name one of them with --app ID.");
    };
  }

  private static List<Path> filesOf(Path folder) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ClientApp read(Path file) {
    if (ClientAppFile.isOpenToOthers(file)) {
      warnings.accept(
          "Other users can read or write %s, which has a key. To stop that: chmod 600"
              .formatted(file));
    }
    return ClientAppFile.read(file);
  }

  /**
   * The keys of the environment are those of a stack. What runs on this machine gets no token of
   * theirs: it may be anybody's.
   */
  private Optional<String> set(String variable, Target target) {
    return switch (target) {
      case StackTarget _ ->
          Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
      case LocalTarget _ -> Optional.empty();
    };
  }
}
