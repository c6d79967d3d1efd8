package conversations.deletion.local.client;

import conversations.deletion.client.registration.ClientApp;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code mvn -Pclient}: registers a client app with a new key, and prints a token to try. */
public final class RegisterClientApp {

  private static final Duration TOKEN_VALIDITY = Duration.ofHours(1);

  private final Path folder;
  private final PrintStream out;

  /**
   * @param folder holds {@code local.json}, and gets the key
   */
  RegisterClientApp(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Takes {@code -DappId}, {@code -Dbot}, {@code -Dscopes}, {@code -Dalgorithm} and {@code
   * -DrequiresJti}, and for a deployed stack {@code -DclientAppsTable} and {@code -DsecretsPrefix}.
   */
  public static void main(String[] arguments) {
    try {
      new RegisterClientApp(Path.of("target"), System.out)
          .register(RegistrationOptions.read(System::getProperty));
    } catch (IllegalArgumentException | SdkException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Registers a client app, and leaves nothing behind if it cannot. */
  void register(RegistrationOptions options) {
    try (var destination = destination(options)) {
      var grants = options.grants(destination.bot().orElse(""));
      var app = ClientApp.withNewKey(options.appId(), options.algorithm());
      if (options.requiresJti()) {
        app = app.whoseTokensAreGoodOnce();
      }
      var keyFile = KeyFile.write(folder.resolve("client-apps"), app);
      try {
        destination.registry().register(app, app.appId(), grants);
      } catch (RuntimeException e) {
        delete(keyFile);
        throw e;
      }
      explain(app, grants, destination, keyFile);
    }
  }

  private Destination destination(RegistrationOptions options) {
    return options
        .deployed()
        .map(Destination::deployed)
        .orElseGet(() -> Destination.local(folder.resolve("local.json")));
  }

  private static void delete(Path keyFile) {
    try {
      Files.delete(keyFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void explain(
      ClientApp app, Map<String, Set<String>> grants, Destination destination, Path keyFile) {
    out.printf(
        "%nClient app %s signs with %s; %s.%n",
        app.appId(),
        app.key().algorithm(),
        app.requiresJti()
            ? "each token has a jti and is good once"
            : "a token is good until it expires");
    grants.forEach((bot, scopes) -> out.printf("Bot %s: %s%n", bot, String.join(", ", scopes)));
    out.printf("What it signs with: %s%n", keyFile.toAbsolutePath().normalize());
    var baseUrl = destination.baseUrl().orElse("<the stack's output ApiUrl>");
    var bot = grants.keySet().iterator().next();
    out.printf(
        """

        AUTH=%1$s
        BOT=%2$s/api/public/bot/%3$s

        curl -si "$BOT/changelogs?limit=10" -H "auth: $AUTH"
        curl -si "$BOT/conversations/delete" -H "auth: $AUTH" -H 'Content-Type: application/json' -d '{"conversationIds":["<conversationId>"]}'
        """,
        app.token(TOKEN_VALIDITY), baseUrl, bot);
  }
}
