package conversations.deletion.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.Registrations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The command, against a service that runs: its token gets in. */
class RegisterClientAppIT {

  private static final String BOT = "st-" + UUID.randomUUID();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static LocalAws aws;

  @TempDir private Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    aws = LocalAws.start(AwsPeer.options());
    aws.registrations()
        .register(
            new Registrations.Bot(BOT, "Bot", "Owner", "owner@bots.example", Instant.now(), 365));
  }

  @AfterAll
  static void stop() {
    aws.close();
    HTTP.close();
  }

  private void register(Map<String, String> options) throws IOException {
    describeTheService();
    new RegisterClientApp(folder, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .register(RegistrationOptions.read(options::get));
  }

  private void describeTheService() throws IOException {
    var endpoints = aws.endpoints();
    new ObjectMapper()
        .writeValue(
            folder.resolve("local.json").toFile(),
            Map.of(
                "baseUrl", aws.baseUrl(),
                "botId", BOT,
                "endpoints",
                    Map.of(
                        "dynamodb", endpoints.dynamoDb(),
                        "sqs", endpoints.sqs(),
                        "ses", endpoints.ses(),
                        "secretsmanager", endpoints.secretsManager()),
                "tables", Map.of("ClientAppsTable", aws.tableName("ClientAppsTable")),
                "clientSecretsPrefix", secretsPrefix(),
                "region", aws.template().account().region()));
  }

  private static String secretsPrefix() {
    return aws.template().function("AuthorizerFunction").environment().get("CLIENT_SECRETS_PREFIX");
  }

  private String printedToken() {
    var matcher =
        Pattern.compile("^AUTH=(\\S+)$", Pattern.MULTILINE)
            .matcher(printed.toString(StandardCharsets.UTF_8));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static int statusOfChangeLog(String token) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(aws.baseUrl() + "/api/public/bot/" + BOT + "/changelogs"))
            .header("auth", token)
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static Map<String, AttributeValue> registered(String appId) {
    return aws.clients()
        .dynamoDb()
        .getItem(
            request ->
                request
                    .tableName(aws.tableName("ClientAppsTable"))
                    .key(Map.of("appId", AttributeValue.fromS(appId))))
        .item();
  }

  @ParameterizedTest
  @CsvSource({"HS256, secret", "RS256, pem", "ES256, pem"})
  void registersAClientAppOfEachAlgorithm(String algorithm, String extension) throws Exception {
    var appId = "app-" + UUID.randomUUID();

    register(Map.of("appId", appId, "algorithm", algorithm));

    assertThat(statusOfChangeLog(printedToken())).isEqualTo(200);
    assertThat(statusOfChangeLog(printedToken())).isEqualTo(200);
    var keyFile = folder.resolve("client-apps").resolve(appId + "." + extension);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
        .isEqualTo("rw-------");
    assertThat(registered(appId).toString()).doesNotContain("PRIVATE", Files.readString(keyFile));
  }

  @Test
  void registersOneWhoseTokensAreGoodOnce() throws Exception {
    register(Map.of("requiresJti", "true", "algorithm", "ES256"));

    assertThat(statusOfChangeLog(printedToken())).isEqualTo(200);
    assertThat(statusOfChangeLog(printedToken())).isEqualTo(401);
  }

  @Test
  void leavesAClientAppThatIsThereAsItIs() throws Exception {
    var options = new HashMap<>(Map.of("appId", "app-" + UUID.randomUUID()));
    register(options);
    var before = registered(options.get("appId"));
    options.put("algorithm", "RS256");

    assertThatThrownBy(() -> register(options)).hasMessageContaining("already");

    assertThat(registered(options.get("appId"))).isEqualTo(before);
    assertThat(filesOf(folder.resolve("client-apps")))
        .containsExactly(options.get("appId") + ".secret");
  }

  @Test
  void overwritesNoKey() throws Exception {
    var kept = folder.resolve("client-apps").resolve("app-kept.secret");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "another stack's");

    assertThatThrownBy(() -> register(Map.of("appId", "app-kept")))
        .hasMessageContaining("move it away");

    assertThat(kept).hasContent("another stack's");
    assertThat(registered("app-kept")).isEmpty();
  }

  /** Neither half of it is left where the other could not be made. */
  @Test
  void leavesNothingBehindIfTheSecretCannotBeStored() throws Exception {
    aws.clients()
        .secretsManager()
        .createSecret(
            request -> request.name(secretsPrefix() + "app-half").secretString("someone's"));

    assertThatThrownBy(() -> register(Map.of("appId", "app-half"))).hasMessageContaining("exists");

    assertThat(registered("app-half")).isEmpty();
    assertThat(filesOf(folder.resolve("client-apps"))).isEmpty();
  }

  @Test
  void saysWhatToDoWhereNoServiceRuns() {
    assertThatThrownBy(
            () ->
                new RegisterClientApp(folder, System.out)
                    .register(RegistrationOptions.read(_ -> null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mvn -Plocal");
  }

  private static List<String> filesOf(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
