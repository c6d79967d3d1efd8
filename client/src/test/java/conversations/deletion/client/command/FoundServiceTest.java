package conversations.deletion.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import conversations.deletion.client.command.CommandLine.Outcome;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@code local.json} that lies about can make the client do. */
class FoundServiceTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private HttpServer api;
  private String location = "";

  @BeforeEach
  void serve() throws Exception {
    api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    api.createContext(
        "/",
        exchange -> {
          try (exchange) {
            tokens.add(exchange.getRequestHeaders().getFirst("auth"));
            byte[] body = "{\"jobs\":[]}".getBytes();
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(location.isEmpty() ? 200 : 307, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    api.start();
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + api.getAddress().getPort();
  }

  private Path describe(String baseUrl, String dynamoDb) throws Exception {
    Path file = folder.resolve("local/target/local.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"baseUrl":"%s","botId":"st-1","region":"eu-central-1",
         "clientApp":{"appId":"app-1","secret":"%s"},
         "endpoints":{"dynamodb":"%s"},"outputs":{"BotsTable":"bots"}}
        """
            .formatted(baseUrl, SECRET, dynamoDb));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Outcome run(String... arguments) {
    return new CommandLine(folder, Map.of()).run(arguments);
  }

  private static JWTClaimsSet claims(String token) throws Exception {
    return SignedJWT.parse(token).getJWTClaimsSet();
  }

  private static void assertIsRefused(Outcome outcome, String reason) {
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(2);
    assertThat(outcome.err()).contains("local.json", reason);
  }

  @Test
  void getsNoTokenByTheKeysOfTheEnvironment() throws Exception {
    describe(url(), url());
    Map<String, String> environment =
        Map.of("DELETIONS_APP", "app-prod", "DELETIONS_APP_SECRET", SECRET + "prod");

    assertThat(new CommandLine(folder, environment).run("list").code()).isZero();

    assertThat(claims(tokens.getFirst()).getClaim("appId")).isEqualTo("app-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://192.0.2.1", "https://api.example.com", "http://127.0.0.1@192.0.2.1"})
  void namesOnlyThisMachine(String elsewhere) throws Exception {
    Path file = describe(elsewhere, url());
    assertIsRefused(run("list"), elsewhere);
    assertIsRefused(run("list", "--local=" + file), elsewhere);

    describe(url(), elsewhere);
    assertIsRefused(run("register-bot", "--name=B", "--owner-email=o@example.com"), elsewhere);
    assertIsRefused(run("list"), elsewhere);

    assertThat(tokens).isEmpty();
  }

  @Test
  void isNotTakenIfOthersCanWriteIt() throws Exception {
    Path file = describe(url(), url());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertIsRefused(run("list"), "other users can write it");
    assertThat(tokens).isEmpty();
    assertThat(run("list", "--local=" + file).code()).as("it is named").isZero();
  }

  @Test
  void isNotTakenIfItIsALink() throws Exception {
    Path file = describe(url(), url());
    Path elsewhere = Files.move(file, folder.resolve("elsewhere.json"));
    Files.createSymbolicLink(file, elsewhere);

    assertIsRefused(run("list"), "it is a link");
    assertThat(tokens).isEmpty();
  }

  @Test
  void doesNotSendATokenOnToAnotherPlace() throws Exception {
    List<String> elsewhere = new CopyOnWriteArrayList<>();
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.createContext(
        "/",
        exchange -> {
          try (exchange) {
            elsewhere.add("asked");
            exchange.sendResponseHeaders(200, -1);
          }
        });
    other.start();
    location = "http://127.0.0.1:" + other.getAddress().getPort();
    describe(url(), url());

    Outcome outcome = run("list");
    other.stop(0);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(tokens).hasSize(1);
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void tokensAreShortLived() throws Exception {
    describe(url(), url());
    run("list");

    for (String token : List.of(tokens.getFirst(), run("token").out().strip())) {
      JWTClaimsSet claims = claims(token);
      assertThat(
              Duration.between(
                  claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
          .isLessThanOrEqualTo(Duration.ofMinutes(10));
    }
  }
}
