package conversations.deletion.client.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.ClientApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service that {@code mvn -Plocal} runs, as its {@code local.json} describes it. */
public final class LocalTarget implements Target {

  private static final Path DESCRIPTION = Path.of("local", "target", "local.json");
  private static final String REMEDY =
      "Start the service with mvn -Plocal, or name a deployed stack with --stack NAME.";

  private static final String AGAIN = "Run mvn -Plocal again, with this version.";

  private final JsonNode description;

  private LocalTarget(JsonNode description) {
    this.description = description;
  }

  /**
   * Finds {@code local/target/local.json} in the folder, or in the nearest one above it.
   *
   * @throws Failure if there is none, or if anybody else may have written it
   */
  public static LocalTarget above(Path folder) {
    for (Path place = folder.toAbsolutePath(); place != null; place = place.getParent()) {
      Path file = place.resolve(DESCRIPTION);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        requireOwn(file);
        return read(file);
      }
    }
    throw new Failure(
        ExitStatus.UNREACHABLE,
        "No service was found: there is no %s here or in a folder above".formatted(DESCRIPTION),
        REMEDY);
  }

  /**
   * Reads a {@code local.json}.
   *
   * @throws Failure if it can't be read, or names what is not on this machine
   */
  public static LocalTarget read(Path file) {
    try {
      JsonNode description = new ObjectMapper().readTree(Files.readString(file));
      requireThisMachine(file, description);
      return new LocalTarget(description);
    } catch (JsonProcessingException _) {
      // The parser quotes what it can't read, which may be a secret. So it is no cause.
      throw new Failure(ExitStatus.USAGE, file + " is not JSON", "Start mvn -Plocal again.");
    } catch (IOException e) {
      throw new Failure(ExitStatus.USAGE, file + " cannot be read", REMEDY, e);
    }
  }

  private static void requireOwn(Path file) {
    try {
      FoundFile.doubt(file)
          .ifPresent(
              doubt -> {
                throw new Failure(
                    ExitStatus.USAGE,
                    "%s was found, but %s".formatted(file, doubt),
                    "If you trust it, name it with --local FILE.");
              });
    } catch (IOException e) {
      throw new Failure(ExitStatus.USAGE, file + " cannot be read", REMEDY, e);
    }
  }

  /** All that is sent to these URLs could be had by whoever is behind them. */
  private static void requireThisMachine(Path file, JsonNode description) {
    Stream<JsonNode> baseUrl = description.optional("baseUrl").stream();
    Stream.concat(baseUrl, description.path("endpoints").valueStream())
        .map(JsonNode::asText)
        .filter(url -> !ServiceUrl.isOfThisMachine(url))
        .findFirst()
        .ifPresent(
            url -> {
              throw new Failure(
                  ExitStatus.USAGE,
                  "%s names %s, which is not http at a loopback address".formatted(file, url),
                  REMEDY);
            });
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Optional<String> audience() {
    return Optional.ofNullable(description.path("stackName").textValue());
  }

  @Override
  public URI apiUrl() {
    return URI.create(text(description, "baseUrl"));
  }

  @Override
  public String whenUnreachable() {
    return REMEDY;
  }

  @Override
  public String output(String name) {
    return text(description.path("outputs"), name);
  }

  /** Of a {@code local.json} that says none, the defaults are meant. */
  @Override
  public Map<String, String> parameters() {
    return description.path("parameters").properties().stream()
        .filter(parameter -> !parameter.getValue().asText().isBlank())
        .collect(Collectors.toMap(Map.Entry::getKey, parameter -> parameter.getValue().asText()));
  }

  @Override
  public AwsAccess aws() {
    Stream<Map.Entry<String, JsonNode>> endpoints =
        description.path("endpoints").properties().stream();
    return AwsAccess.local(
        text(description, "region"),
        endpoints.collect(
            Collectors.toMap(Map.Entry::getKey, entry -> URI.create(entry.getValue().asText()))));
  }

  @Override
  public Optional<String> bot() {
    return Optional.of(text(description, "botId"));
  }

  @Override
  public Optional<ClientApp> clientApp() {
    JsonNode app = description.path("clientApp");
    try {
      return Optional.of(new ClientApp(text(app, "appId"), text(app, "secret")));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitStatus.USAGE, "The secret in local.json can't be used: " + e.getMessage(), AGAIN, e);
    }
  }

  /** What the service offers beside the API. */
  public LocalControls controls() {
    return new LocalControls(apiUrl(), whenUnreachable());
  }

  private static String text(JsonNode node, String name) {
    if (!node.path(name).isTextual()) {
      throw new Failure(ExitStatus.USAGE, "local.json has no " + name, AGAIN);
    }
    return node.path(name).asText();
  }
}
