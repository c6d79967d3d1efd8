package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.key.ClientAppFile;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.ClientAppRegistry;
import conversations.deletion.client.service.AwsAccess;
import conversations.deletion.client.service.Target;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@Command(
    name = "register-app",
    description = "Registers a client app with a new key, and prints a token to try.")
final class RegisterApp implements Callable<Integer> {

  /** The number of bots is limited, as each request of a client app carries its grants. */
  private static final int MAX_BOTS = 100;

  private static final Duration TOKEN_VALIDITY = Duration.ofHours(1);

  /** Signing algorithms, by their names in JWTs (RFC 7518, section 3.1). */
  enum Algorithm {
    HS256,
    RS256,
    ES256
  }

  private final Deletions deletions;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The client app's id; a new one by default.")
  private String appId = "app-" + UUID.randomUUID();

  @Option(
      names = "--bot",
      split = ",",
      paramLabel = "BOT",
      description = "A bot that it may send requests for; several are separated by commas.")
  private Set<String> bots = new LinkedHashSet<>();

  @Option(
      names = "--scope",
      split = ",",
      paramLabel = "SCOPE",
      converter = ScopeText.class,
      completionCandidates = ScopeText.Names.class,
      description = "What it may do: ${COMPLETION-CANDIDATES}; all by default.")
  private Set<Scope> scopes = EnumSet.allOf(Scope.class);

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = "Its signing algorithm: ${COMPLETION-CANDIDATES}; HS256 by default.")
  private Algorithm algorithm = Algorithm.HS256;

  @Option(
      names = "--requires-jti",
      description = "Each of its tokens is good for one request only.")
  private boolean requiresJti;

  @Option(names = "--name", paramLabel = "NAME", description = "Its name; its id by default.")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The file for its key, which only you can read;",
        "~/.config/deletions/<stack or local>/<id>.json by default."
      })
  private Path out;

  RegisterApp(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    Target target = deletions.target();
    Map<String, Set<String>> grants = grants(target);
    ClientApp app = ClientApp.withNewKey(validId(), JWSAlgorithm.parse(algorithm.name()));
    if (requiresJti) {
      app = app.whoseTokensAreGoodOnce();
    }
    Path file = out == null ? deletions.clientApps().file(target, appId) : out;
    ClientAppFile.write(file, app);
    try {
      register(app, grants, target);
    } catch (RuntimeException e) {
      delete(file);
      throw e;
    }
    show(app, grants, target, file.toAbsolutePath().normalize());
    return ExitStatus.OK.code();
  }

  private String validId() {
    if (!ClientAppId.isValid(appId)) {
      throw new Failure(
          ExitStatus.USAGE,
          "%s is not a valid client app id".formatted(appId),
          "An id has 1 to 128 letters, digits, '-' or '_'.");
    }
    return appId;
  }

  /** The same scopes for each bot. */
  private Map<String, Set<String>> grants(Target target) {
    if (bots.isEmpty()) {
      bots.add(deletions.bot(Optional.empty(), target));
    }
    bots.forEach(Deletions::requireBotId);
    if (bots.size() > MAX_BOTS) {
      throw new Failure(
          ExitStatus.USAGE,
          "A client app is bound to at most %d bots".formatted(MAX_BOTS),
          "Give --bot the ids of 1 to %d bots, separated by commas.".formatted(MAX_BOTS));
    }
    Set<String> granted = scopes.stream().map(Scope::text).collect(Collectors.toSet());
    return bots.stream().collect(Collectors.toMap(Function.identity(), _ -> granted));
  }

  private void register(ClientApp app, Map<String, Set<String>> grants, Target target) {
    AwsAccess aws = target.aws();
    try (DynamoDbClient dynamoDb = aws.dynamoDb();
        SecretsManagerClient secretsManager = aws.secretsManager()) {
      new ClientAppRegistry(
              dynamoDb,
              secretsManager,
              target.output("ClientAppsTable"),
              target.output("ClientSecretsPrefix"),
              target.output("KmsKeyArn"))
          .register(app, name == null ? appId : name, grants);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitStatus.REFUSED, e.getMessage(), "It was not changed. Give another id.", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(ClientApp app, Map<String, Set<String>> grants, Target target, Path file) {
    String token = app.token(TOKEN_VALIDITY);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("appId", appId).put("file", file.toString()).put("token", token);
    grants.forEach(
        (bot, granted) ->
            granted.stream().sorted().forEach(document.withArray("/scopes/" + bot)::add));
    deletions.screen().show(document.toString(), () -> lines(app, grants, target, file, token));
  }

  private static List<String> lines(
      ClientApp app, Map<String, Set<String>> grants, Target target, Path file, String token) {
    String bot = grants.keySet().iterator().next();
    return """
    Client app %1$s signs with %2$s; %3$s.
    It may send requests for: %4$s
    Its key is in a file that only you can read: %5$s

    AUTH=%6$s
    BOT=%7$s/api/public/bot/%8$s
    curl -si "$BOT/changelogs?limit=10" -H "auth: $AUTH"
    """
        .formatted(
            app.appId(),
            app.key().algorithm(),
            app.requiresJti()
                ? "each token is good for one request"
                : "a token is good until it expires",
            String.join(", ", grants.keySet()),
            file,
            token,
            target.apiUrl(),
            bot)
        .lines()
        .toList();
  }
}
