package conversations.deletion.client.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.registration.SigningKey;
import conversations.deletion.client.service.AwsAccess;
import conversations.deletion.client.service.LocalTarget;
import conversations.deletion.client.service.StackTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

class ClientAppsTest {

  private static final String SECRET = "a secret that is long enough, and is of ";
  private static final ClientApp APP = new ClientApp("app-1", SECRET + "app-1");

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private LocalTarget target;

  @BeforeEach
  void describe() throws Exception {
    Path description = folder.resolve("local.json");
    Files.writeString(
        description,
        "{\"clientApp\":{\"appId\":\"app-local\",\"secret\":\"a secret of the local service, of 32 bytes or more\"}}");
    target = LocalTarget.read(description);
  }

  private static StackTarget stack(Parameter... parameters) {
    AwsAccess aws =
        new AwsAccess(Region.EU_CENTRAL_1, AnonymousCredentialsProvider.create(), Map.of());
    return new StackTarget(
        Stack.builder().stackName("deletions-prod").parameters(parameters).build(), aws);
  }

  private static JWTClaimsSet claims(ClientApp app) throws Exception {
    return SignedJWT.parse(app.token(Duration.ofMinutes(1))).getJWTClaimsSet();
  }

  private ClientApps apps(Map<String, String> environment) {
    return new ClientApps(environment, folder, warnings::add);
  }

  private Path written(String appId) {
    return written("local", appId);
  }

  private Path written(String service, String appId) {
    Path file = folder.resolve(service).resolve(appId + ".json");
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
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
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
    written("deletions-prod", "app-2");

    assertThat(apps(environment).find(Optional.of(file), Optional.of("app-2"), stack()).appId())
        .isEqualTo("app-1");
    assertThat(apps(environment).find(Optional.empty(), Optional.of("app-2"), stack()).appId())
        .isEqualTo("app-2");
    assertThat(apps(environment).find(Optional.empty(), Optional.empty(), stack()).appId())
        .isEqualTo("app-3");
    assertThat(
            apps(Map.of("DELETIONS_APP", "app-2"))
                .find(Optional.empty(), Optional.empty(), stack())
                .appId())
        .isEqualTo("app-2");
  }

  @Test
  void theSecretOfAStacksClientAppMayBeInTheEnvironment() {
    assertThat(
            apps(Map.of("DELETIONS_APP_SECRET", APP.secret()))
                .find(Optional.empty(), Optional.of("app-1"), stack())
                .secret())
        .isEqualTo(APP.secret());
  }

  @Test
  void whatRunsOnThisMachineGetsNoTokenByTheKeysOfTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "DELETIONS_APP",
            "app-prod",
            "DELETIONS_APP_SECRET",
            SECRET + "app-prod",
            "DELETIONS_APP_FILE",
            written("deletions-prod", "app-prod").toString());
    written("app-1");

    assertThat(apps(environment).find(Optional.empty(), Optional.empty(), target).appId())
        .isEqualTo("app-local");
    assertThat(apps(environment).find(Optional.empty(), Optional.of("app-1"), target).secret())
        .isEqualTo(SECRET + "app-1");
  }

  @Test
  void tokensSayWhichServiceTheyAreFor() throws Exception {
    Optional<Path> file = Optional.of(written("app-1"));
    Parameter parameter =
        Parameter.builder().parameterKey("TokenAudience").parameterValue("deletions").build();
    Path named = folder.resolve("named.json");
    Files.writeString(named, "{\"stackName\":\"local-1\"}");

    assertThat(claims(apps(Map.of()).find(file, Optional.empty(), stack())).getAudience())
        .containsExactly("deletions-prod");
    assertThat(claims(apps(Map.of()).find(file, Optional.empty(), stack(parameter))).getAudience())
        .containsExactly("deletions");
    assertThat(
            claims(apps(Map.of()).find(file, Optional.empty(), LocalTarget.read(named)))
                .getAudience())
        .containsExactly("local-1");
    ClientApp local = apps(Map.of()).find(file, Optional.empty(), target);
    assertThat(claims(local).getClaims()).doesNotContainKey("aud");
    assertThat(
            claims(local.withAudience(Optional.of("one")).whoseTokensAreGoodOnce()).getAudience())
        .containsExactly("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void warnsOfAKeyThatOthersCanReadOrWrite(String permissions) throws Exception {
    Path file = written("app-1");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThat(apps(Map.of()).find(Optional.empty(), Optional.of("app-1"), target).appId())
        .isEqualTo("app-1");

    assertThat(warnings).singleElement().asString().contains(file.toString(), "chmod 600");
  }

  @Test
  void warnsOfNothingWhereTheKeyIsItsOwnersAlone() {
    apps(Map.of()).find(Optional.of(written("app-1")), Optional.empty(), target);

    assertThat(warnings).isEmpty();
  }

  @Test
  void aSecretIsInNoTextOfAClientApp() {
    assertThat(APP.toString()).contains("app-1").doesNotContain(APP.secret());
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "0123456789012345678901234567890\uFFFD"})
  void aSecretThatSignsNothingIsRefusedWithTheReason(String secret) {
    ClientApps apps = apps(Map.of("DELETIONS_APP_SECRET", secret));

    assertThatThrownBy(() -> apps.find(Optional.empty(), Optional.of("app-1"), stack()))
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
