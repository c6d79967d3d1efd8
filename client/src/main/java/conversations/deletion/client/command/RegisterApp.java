package conversations.deletion.client.command;

import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.key.ClientAppFile;
import conversations.deletion.client.key.ClientApps;
import conversations.deletion.client.key.PublicKeyFile;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.ClientAppRegistry;
import conversations.deletion.client.registration.PublicKeyText;
import conversations.deletion.client.registration.Registration;
import conversations.deletion.client.service.AwsAccess;
import conversations.deletion.client.service.Target;
import conversations.deletion.domain.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@Command(
    name = "register-app",
    description = {
      "Registers a client app with a new key, and prints a token to try.",
      "With --public-key, registers the public key of a client app that has its own."
    })
final class RegisterApp implements Callable<Integer> {

  /** The number of bots is limited, as each request of a client app carries its grants. */
  private static final int MAX_BOTS = 100;

  private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(10);

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
      description =
          "What it may do: ${COMPLETION-CANDIDATES}; by default the first two. Who may place holds"
              + " may release them too, and so start the deletions that waited.")
  private Set<Scope> scopes = EnumSet.of(Scope.DELETE_CONVERSATIONS, Scope.LOGS_HISTORY);

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = "Its signing algorithm: ${COMPLETION-CANDIDATES}; HS256 by default.")
  private Algorithm algorithm;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = {
        "The file of its public key, in PEM, or of its certificate: RSA of 2048 bits or more",
        "for RS256, P-256 for ES256. Its private key stays where it is."
      })
  private Path publicKey;

  @Option(
      names = "--requires-jti",
      description = "Each of its tokens is good for one request only.")
  private boolean requiresJti;

  @Option(
      names = "--allows-undated-tokens",
      description = {
        "Its tokens may lack exp and iat. Whoever steals one can use it until the key is changed",
        "or the client app disabled."
      })
  private boolean allowsUndatedTokens;

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
    if (requiresJti && allowsUndatedTokens) {
      throw new Failure(
          ExitStatus.USAGE,
          "--requires-jti and --allows-undated-tokens exclude each other",
          "That a token was used is remembered only until it ends. Give one of them.");
    }
    Target target = deletions.target();
    Map<String, Set<String>> grants = grants(target);
    Registration registration =
        new Registration(name == null ? appId : name, requiresJti, allowsUndatedTokens, grants);
    RegisteredApp registered =
        publicKey == null
            ? withNewKey(registration, target)
            : withItsOwnKey(registration, target, PublicKeyFile.read(publicKey));
    deletions.screen().show(registered.json(), registered::lines);
    return ExitStatus.OK.code();
  }

  private RegisteredApp withNewKey(Registration registration, Target target) {
    ClientApps.requireId(appId);
    ClientApp made =
        ClientApp.withNewKey(
            appId, JWSAlgorithm.parse((algorithm == null ? Algorithm.HS256 : algorithm).name()));
    ClientApp app = requiresJti ? made.whoseTokensAreGoodOnce() : made;
    Path file = out == null ? deletions.clientApps().file(target, appId) : out;
    ClientAppFile.write(file, app);
    try {
      register(target, registry -> registry.register(app, registration));
    } catch (RuntimeException e) {
      delete(file);
      throw e;
    }
    return new RegisteredApp(
        appId,
        app.key().algorithm(),
        registration,
        Optional.of(file.toAbsolutePath().normalize()),
        app.withAudience(target.audience()).token(TOKEN_VALIDITY),
        target.apiUrl());
  }

  private RegisteredApp withItsOwnKey(Registration registration, Target target, PublicKeyText key) {
    ClientApps.requireId(appId);
    if (out != null) {
      throw new Failure(
          ExitStatus.USAGE,
          "--out has no meaning with --public-key, as no key is made",
          "Leave out one of them.");
    }
    if (algorithm != null && !algorithm.name().equals(key.algorithm().getName())) {
      throw new Failure(
          ExitStatus.USAGE,
          "%s has a key for %s, not for %s".formatted(publicKey, key.algorithm(), algorithm),
          "Leave out --algorithm, or name another file.");
    }
    register(target, registry -> registry.register(appId, key, registration));
    return new RegisteredApp(
        appId, key.algorithm(), registration, Optional.empty(), "", target.apiUrl());
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

  private void register(Target target, Consumer<ClientAppRegistry> registering) {
    AwsAccess aws = target.aws();
    try (DynamoDbClient dynamoDb = aws.dynamoDb();
        SecretsManagerClient secretsManager = aws.secretsManager()) {
      registering.accept(
          new ClientAppRegistry(
              dynamoDb,
              secretsManager,
              target.output("ClientAppsTable"),
              target.output("ClientSecretsPrefix"),
              target.output("KmsKeyArn")));
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
}
