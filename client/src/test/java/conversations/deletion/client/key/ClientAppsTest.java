package conversations.deletion.client.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.SigningKey;
import conversations.deletion.client.service.LocalTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAppsTest {

  private static final String SECRET = "a secret that is long enough, and is of ";
  private static final ClientApp APP = new ClientApp("app-1", SECRET + "app-1");

  @TempDir private Path folder;
  private LocalTarget target;

  @BeforeEach
  void describe() throws Exception {
    Path description = folder.resolve("local.json");
    Files.writeString(
        description,
        "{\"clientApp\":{\"appId\":\"app-local\",\"secret\":\"a secret of the local service, of 32 bytes or more\"}}");
    target = LocalTarget.read(description);
  }

  private ClientApps apps(Map<String, String> environment) {
    return new ClientApps(environment, folder);
  }

  private Path written(String appId) {
    Path file = folder.resolve("local").resolve(appId + ".json");
    ClientAppFile.write(file, new ClientApp(appId, SECRET + appId));
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "RS256", "ES256"})
  void aFileKeepsWhatAClientAppSignsWithForItsOwnerAlone(String algorithm) throws Exception {
    ClientApp app =
        ClientApp.withNewKey("app-1", JWSAlgorithm.parse(algorithm)).whoseTokensAreGoodOnce();
    Path file = folder.resolve("new").resolve("app.json");

    ClientAppFile.write(file, app);
    Path again = folder.resolve("again.json");
    ClientAppFile.write(again, ClientAppFile.read(file));

    assertThat(again).hasSameTextualContentAs(file);
    assertThat(ClientAppFile.read(file).requiresJti()).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileIsNeverOverwritten() {
    Path file = written("app-1");

    assertThatThrownBy(() -> ClientAppFile.write(file, new ClientApp("app-2", SECRET + "another")))
        .hasMessageContaining("already");

    assertThat(ClientAppFile.read(file)).isEqualTo(new ClientApp("app-1", SECRET + "app-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{}",
        "{\"appId\":\"a\",\"algorithm\":\"none\",\"publicKey\":\"\",\"privateKey\":\"\"}",
        "{\"appId\":\"a\",\"algorithm\":\"ES256\",\"publicKey\":\"AAAA\",\"privateKey\":\"AAAA\"}",
        "{\"appId\":\"a\",\"algorithm\":\"HS256\",\"secret\":\"too short\"}",
        "{\"appId\":\"a\",\"algorithm\":\"HS256\",\"secret\":17}"
      })
  void aFileThatIsNoneIsRefused(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("app.json"), content);

    assertThatThrownBy(() -> ClientAppFile.read(file))
        .hasMessageContaining("not a client app's file");
  }

  @Test
  void theOneThatIsNamedIsTaken() {
    Path file = written("app-1");
    Map<String, String> environment =
        Map.of("DELETIONS_APP", "app-2", "DELETIONS_APP_FILE", written("app-3").toString());
    written("app-2");

    assertThat(apps(environment).find(Optional.of(file), Optional.of("app-2"), target).appId())
        .isEqualTo("app-1");
    assertThat(apps(environment).find(Optional.empty(), Optional.of("app-2"), target).appId())
        .isEqualTo("app-2");
    assertThat(apps(environment).find(Optional.empty(), Optional.empty(), target).appId())
        .isEqualTo("app-3");
    assertThat(
            apps(Map.of("DELETIONS_APP", "app-2"))
                .find(Optional.empty(), Optional.empty(), target)
                .appId())
        .isEqualTo("app-2");
  }

  @Test
  void theSecretMayBeInTheEnvironment() {
    assertThat(
            apps(Map.of("DELETIONS_APP_SECRET", APP.secret()))
                .find(Optional.empty(), Optional.of("app-1"), target))
        .isEqualTo(APP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "0123456789012345678901234567890\uFFFD"})
  void aSecretThatSignsNothingIsRefusedWithTheReason(String secret) {
    ClientApps apps = apps(Map.of("DELETIONS_APP_SECRET", secret));

    assertThatThrownBy(() -> apps.find(Optional.empty(), Optional.of("app-1"), target))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE))
        .hasMessageContainingAll("DELETIONS_APP_SECRET", "secret");
  }

  @Test
  void aPairWhoseKeysDoNotBelongTogetherIsRefused() {
    SigningKey.Pair one = (SigningKey.Pair) SigningKey.generate(JWSAlgorithm.ES256);
    SigningKey.Pair other = (SigningKey.Pair) SigningKey.generate(JWSAlgorithm.ES256);

    assertThatThrownBy(
            () -> SigningKey.Pair.read(JWSAlgorithm.ES256, one.publicPem(), other.privatePem()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different pairs");
  }

  @Test
  void anIdThatIsNoneNamesNoFile() {
    assertThatThrownBy(() -> apps(Map.of()).find(Optional.empty(), Optional.of("../app-1"), target))
        .hasMessageContaining("not a valid client app id");
  }

  @Test
  void theServiceOnThisMachineHasOneOfItsOwn() {
    assertThat(apps(Map.of()).find(Optional.empty(), Optional.empty(), target).appId())
        .isEqualTo("app-local");
  }
}
