package conversations.deletion.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.SigningKey;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.LocalDescription;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/** Client apps that the client registers have access, and nothing is lost or left over. */
class RegistrationIT {

  private static final String BOT = "st-" + UUID.randomUUID();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static LocalAws aws;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(AwsPeer.options());
    aws.registrations()
        .register(new Bot(BOT, "Bot", "Owner", "owner@bots.example", Instant.now(), 365));
  }

  @AfterAll
  static void stop() {
    aws.close();
    HTTP.close();
  }

  private Deletions deletions() throws Exception {
    Path description = folder.resolve("local/target/local.json");
    if (Files.notExists(description)) {
      Files.createDirectories(description.getParent());
      ClientApp nobody = ClientApp.withNewSecret("app-nobody");
      new LocalDescription(aws, BOT, "owner@bots.example", nobody).write(description);
    }
    return new Deletions(aws, folder);
  }

  private static String printedToken(String printed) {
    Matcher matcher = Pattern.compile("^AUTH=(\\S+)$", Pattern.MULTILINE).matcher(printed);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static int statusOfChangeLog(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(aws.baseUrl() + "/api/public/bot/" + BOT + "/changelogs"))
            .header("auth", token)
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static Map<String, AttributeValue> registered(String table, String key, String id) {
    return aws.clients()
        .dynamoDb()
        .getItem(
            request ->
                request.tableName(aws.tableName(table)).key(Map.of(key, AttributeValue.fromS(id))))
        .item();
  }

  private static Map<String, AttributeValue> app(String appId) {
    return registered("ClientAppsTable", "appId", appId);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "RS256", "ES256"})
  void aClientAppOfEachAlgorithmGetsIn(String algorithm) throws Exception {
    String appId = "app-" + UUID.randomUUID();

    String token =
        printedToken(deletions().done("register-app", appId, "--algorithm=" + algorithm).out());

    assertThat(statusOfChangeLog(token)).isEqualTo(200);
    assertThat(statusOfChangeLog(token)).isEqualTo(200);
    assertThat(deletions().json("list", "--app=" + appId).path("jobs")).isEmpty();
    Path file = deletions().appFile("local", appId);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(app(appId).toString()).doesNotContain("PRIVATE", "secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256"})
  void aClientAppWithAKeyOfItsOwnGetsIn(String algorithm) throws Exception {
    ClientApp own = ClientApp.withNewKey("app-" + UUID.randomUUID(), JWSAlgorithm.parse(algorithm));
    String pem = ((SigningKey.Pair) own.key()).publicPem();
    Path pasted = Files.writeString(folder.resolve("public.pem"), pem.replace("\n", "\\n"));

    JsonNode document = deletions().json("register-app", own.appId(), "--public-key=" + pasted);

    assertThat(document.path("algorithm").asText()).isEqualTo(algorithm);
    assertThat(document.has("token")).isFalse();
    assertThat(app(own.appId()).get("publicKey").s()).isEqualTo(pem);
    assertThat(statusOfChangeLog(own.token(Duration.ofMinutes(5)))).isEqualTo(200);
    assertThat(deletions().appFile("local", own.appId())).doesNotExist();
  }

  @Test
  void aKeyThatMayNotBeUsedIsRefusedWithTheReason() throws Exception {
    ClientApp own = ClientApp.withNewKey("app-private", JWSAlgorithm.ES256);
    SigningKey.Pair keys = (SigningKey.Pair) own.key();
    Path privateKey = Files.writeString(folder.resolve("private.pem"), keys.privatePem());
    Path publicKey = Files.writeString(folder.resolve("public.pem"), keys.publicPem());

    Deletions.Outcome outcome =
        deletions().run("register-app", "app-private", "--public-key=" + privateKey);
    Deletions.Outcome other =
        deletions()
            .run("register-app", "app-private", "--public-key=" + publicKey, "--algorithm=RS256");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("a private key");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("for ES256, not for RS256");
    assertThat(app("app-private")).isEmpty();
  }

  @Test
  void aClientAppMayBeAllowedUndatedTokens() throws Exception {
    deletions().done("register-app", "app-undated", "--allows-undated-tokens");
    deletions().done("register-app", "app-dated");

    assertThat(app("app-undated").get("allowsUndatedTokens").bool()).isTrue();
    assertThat(app("app-dated").get("allowsUndatedTokens").bool()).isFalse();
  }

  @Test
  void aSecretIsEncryptedWithTheStacksKey() throws Exception {
    Map<String, String> outputs = aws.template().outputs();
    String prefix = outputs.get("ClientSecretsPrefix");

    deletions().done("register-app", "app-encrypted", "--algorithm=HS256");

    DescribeSecretResponse secret =
        aws.clients()
            .secretsManager()
            .describeSecret(request -> request.secretId(prefix + "app-encrypted"));
    assertThat(secret.kmsKeyId()).isEqualTo(outputs.get("KmsKeyArn"));
  }

  @Test
  void aTokenIsGoodOnceWhereThatIsAskedFor() throws Exception {
    JsonNode document = deletions().json("register-app", "app-once", "--requires-jti");

    String token = document.path("token").asText();
    assertThat(statusOfChangeLog(token)).isEqualTo(200);
    assertThat(statusOfChangeLog(token)).isEqualTo(401);
    assertThat(deletions().json("list", "--app=app-once").path("jobs")).isEmpty();
    assertThat(deletions().json("list", "--app=app-once").path("jobs")).isEmpty();
  }

  @Test
  void aClientAppMayDoWhatItsScopesSay() throws Exception {
    deletions().done("register-app", "app-logs", "--bot=" + BOT + ",st-2", "--scope=logs-history");

    assertThat(deletions().run("change-log", "--app=app-logs").code()).isZero();
    assertThat(deletions().run("list", "--app=app-logs").code()).isEqualTo(1);
    assertThat(app("app-logs").get("scopes").m()).containsOnlyKeys(BOT, "st-2");
  }

  /** Whoever may place holds may release them, and so start the deletions that waited. */
  @Test
  void aClientAppMayPlaceHoldsOnlyWhereThatIsAskedFor() throws Exception {
    deletions().done("register-app", "app-usual");
    deletions().done("register-app", "app-holds", "--scope=hold-conversations");

    assertThat(deletions().run("list", "--app=app-usual").code()).isZero();
    Deletions.Outcome refused = deletions().run("holds", "--app=app-usual");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("--scope=hold-conversations");
    assertThat(deletions().run("holds", "--app=app-holds").code()).isZero();
    assertThat(deletions().run("list", "--app=app-holds").code()).isEqualTo(1);
  }

  @Test
  void aSecretIsReadFromSecretsManagerWhereNoFileHasIt() throws Exception {
    deletions().done("register-app", "app-moved");
    Files.delete(deletions().appFile("local", "app-moved"));

    assertThat(deletions().run("list", "--app=app-moved").code()).isZero();
    Deletions.Outcome unknown = deletions().run("list", "--app=app-unknown");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("app-unknown", "--app-file");
  }

  @Test
  void theKeyGoesWhereItIsToGo() throws Exception {
    Path file = folder.resolve("keys/shop.json");
    deletions().done("register-app", "app-out", "--out=" + file);

    assertThat(deletions().run("list", "--app-file=" + file).code()).isZero();
    assertThat(deletions().appFile("local", "app-out")).doesNotExist();
  }

  @Test
  void aClientAppThatIsThereStaysAsItIs() throws Exception {
    deletions().done("register-app", "app-there");
    Map<String, AttributeValue> before = app("app-there");

    Deletions.Outcome outcome =
        deletions()
            .run("register-app", "app-there", "--algorithm=RS256", "--out=" + folder + "/a.json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("already");
    assertThat(app("app-there")).isEqualTo(before);
    assertThat(folder.resolve("a.json")).doesNotExist();
  }

  @Test
  void noKeyIsOverwritten() throws Exception {
    Path kept = deletions().appFile("local", "app-kept");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "another service's");

    Deletions.Outcome outcome = deletions().run("register-app", "app-kept");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Move it away");
    assertThat(kept).hasContent("another service's");
    assertThat(app("app-kept")).isEmpty();
  }

  /** Neither half of a registration is left if the other could not be made. */
  @Test
  void nothingIsLeftBehindIfTheSecretCannotBeStored() throws Exception {
    String prefix = aws.template().outputs().get("ClientSecretsPrefix");
    aws.clients()
        .secretsManager()
        .createSecret(request -> request.name(prefix + "app-half").secretString("someone's"));

    Deletions.Outcome outcome = deletions().run("register-app", "app-half");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("exists").doesNotContain("\tat ");
    assertThat(app("app-half")).isEmpty();
    assertThat(deletions().appFile("local", "app-half")).doesNotExist();
  }

  @Test
  void aBotIsRegisteredOnce() throws Exception {
    String botId =
        deletions()
            .json("register-bot", "--name=Shop", "--owner-email=shop@bots.example")
            .path("botId")
            .asText();

    assertThat(registered("BotsTable", "botId", botId))
        .containsEntry("ownerEmail", AttributeValue.fromS("shop@bots.example"))
        .containsEntry("name", AttributeValue.fromS("Shop"));
    Deletions.Outcome again =
        deletions().run("register-bot", botId, "--name=Other", "--owner-email=o@bots.example");
    assertThat(again.code()).isEqualTo(1);
    assertThat(registered("BotsTable", "botId", botId))
        .containsEntry("name", AttributeValue.fromS("Shop"));
    deletions().done("register-app", "app-of-new-bot", "--bot=" + botId);
    assertThat(deletions().run("list", "--app=app-of-new-bot", "--bot=" + botId).code()).isZero();
  }
}
