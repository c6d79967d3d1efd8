package conversations.deletion.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.embedded.EmbeddedServices;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * What the integration tests run against, chosen by the system property {@code aws.peer}: {@code
 * embedded} services, {@code localstack} by Testcontainers, or {@code external} at {@code
 * endpointUrl}. It is started once for all tests of a JVM. Each test has a stack of its own on it.
 */
public final class AwsPeer {

  private static AwsPeer started;
  private static RuntimeException whyNot;

  private final Optional<EmbeddedServices> embedded;
  private final Optional<Endpoints> endpoints;
  private final Map<Capability, Boolean> found = new EnumMap<>(Capability.class);

  private AwsPeer(Optional<EmbeddedServices> embedded, Optional<Endpoints> endpoints) {
    this.embedded = embedded;
    this.endpoints = endpoints;
  }

  /** Options for a stack that no other test has, on the chosen peer. */
  public static LocalOptions options() {
    AwsPeer peer = started();
    LocalOptions options = LocalOptions.defaults().withStackName("it-" + UUID.randomUUID());
    options = peer.embedded.map(options::withEmbedded).orElse(options);
    return peer.endpoints.map(options::withEndpoints).orElse(options);
  }

  /** Tells whether the tests run on the embedded services. */
  public static boolean isEmbedded() {
    return chosen().equals("embedded");
  }

  /**
   * Skips the calling test, and says why, unless the peer does what the test needs. The embedded
   * services count as able to do everything, so that no test is skipped there unnoticed.
   */
  public static void require(Capability needed) {
    assumeTrue(isEmbedded() || started().has(needed), () -> "it needs " + needed);
  }

  private synchronized boolean has(Capability needed) {
    return found.computeIfAbsent(needed, this::isFound);
  }

  private boolean isFound(Capability needed) {
    try (AwsClients clients = AwsClients.of(endpoints.orElseThrow(), Stack.REGION)) {
      return needed.isFoundIn(clients);
    }
  }

  /** Why the chosen peer is not available; empty if it is. The embedded services always are. */
  static Optional<String> whyNot() {
    if (!isEmbedded()) {
      try {
        started();
      } catch (RuntimeException e) {
        return Optional.of(e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static synchronized AwsPeer started() {
    if (whyNot != null) {
      throw whyNot;
    }
    if (started == null) {
      try {
        started = start();
      } catch (RuntimeException e) {
        whyNot = e;
        throw e;
      }
    }
    return started;
  }

  private static AwsPeer start() {
    return switch (chosen()) {
      case "embedded" -> embedded();
      case "localstack" -> localStack();
      case "external" -> external();
      default -> throw new IllegalStateException("There is no such peer: " + chosen());
    };
  }

  private static String chosen() {
    return System.getProperty("aws.peer", "embedded");
  }

  private static AwsPeer embedded() {
    EmbeddedServices services = LocalAws.embeddedServices(Path.of("target", "test-mails"));
    Runtime.getRuntime().addShutdownHook(new Thread(services::close));
    return new AwsPeer(Optional.of(services), Optional.empty());
  }

  private static AwsPeer localStack() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "LocalStack was asked for, but no Docker engine answers on this machine.");
    }
    String image = System.getProperty("localstack.image", "localstack/localstack:4.14.0");
    LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(image));
    Optional.ofNullable(System.getenv("LOCALSTACK_AUTH_TOKEN"))
        .ifPresent(token -> container.withEnv("LOCALSTACK_AUTH_TOKEN", token));
    container.start();
    return new AwsPeer(Optional.empty(), Optional.of(Endpoints.all(container.getEndpoint())));
  }

  private static AwsPeer external() {
    String url = System.getProperty("endpointUrl", "");
    if (url.isBlank()) {
      throw new IllegalStateException(
          "An external endpoint was asked for: say which by -DendpointUrl=http://...");
    }
    URI endpoint = URI.create(url);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), port(endpoint)), 5_000);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The external endpoint %s was asked for, but nothing answers there.".formatted(url), e);
    }
    return new AwsPeer(Optional.empty(), Optional.of(Endpoints.all(endpoint)));
  }

  private static int port(URI endpoint) {
    int usual = "https".equals(endpoint.getScheme()) ? 443 : 80;
    return endpoint.getPort() == -1 ? usual : endpoint.getPort();
  }
}
