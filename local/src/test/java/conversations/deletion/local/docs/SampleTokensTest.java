package conversations.deletion.local.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import conversations.deletion.adapter.jwt.NimbusTokens;
import conversations.deletion.adapter.jwt.PemPublicKeys;
import conversations.deletion.application.access.AuthenticateClientApp;
import conversations.deletion.application.access.AuthenticateClientApp.Authenticated;
import conversations.deletion.application.access.TokenRules;
import conversations.deletion.application.port.ClientApps.Registration;
import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.client.registration.SigningKey;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Credentials;
import conversations.deletion.domain.Credentials.EcPublicKey;
import conversations.deletion.domain.Credentials.RsaPublicKey;
import conversations.deletion.domain.Credentials.SharedSecret;
import conversations.deletion.domain.Grants;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample makes a token that the service accepts, by each algorithm that it can sign with. */
class SampleTokensTest {

  private static final ClientAppId APP = new ClientAppId("shop-backend");
  private static final String SECRET = "a $secret of \"32 bytes\" or more, 'it is'";
  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java") + "";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "bash,    token.sh,   HS256",
    "bash,    token.sh,   RS256",
    "node,    token.mjs,  HS256",
    "node,    token.mjs,  RS256",
    "node,    token.mjs,  ES256",
    "python3, token.py,   HS256",
    "java,    Token.java, HS256",
    "java,    Token.java, RS256",
    "java,    Token.java, ES256",
  })
  void isAccepted(String interpreter, String sample, String algorithm) throws Exception {
    SigningKey key = SigningKey.generate(JWSAlgorithm.parse(algorithm));

    String token = token(interpreter, sample, environment(key));

    AuthenticateClientApp authentication =
        new AuthenticateClientApp(
            new NimbusTokens(),
            id -> Optional.of(registration(id, credentials(key))),
            new OneSecret(SECRET.getBytes(StandardCharsets.UTF_8)),
            new PemPublicKeys(),
            new TokenRules(Duration.ofHours(1), "this-stack"),
            InstantSource.system());
    assertThat(authentication.authenticate(token)).isInstanceOf(Authenticated.class);
  }

  private record OneSecret(byte[] bytes) implements ClientSecrets {

    @Override
    public List<Secret> find(ClientAppId clientApp) {
      return List.of(new Secret(bytes, Optional.empty()));
    }

    @Override
    public List<Secret> findAgain(ClientAppId clientApp) {
      return find(clientApp);
    }
  }

  /** Each with what runs it. */
  static Stream<Arguments> samples() {
    return Stream.of(
        arguments("bash", "token.sh"),
        arguments("node", "token.mjs"),
        arguments("python3", "token.py"),
        arguments("java", "Token.java"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isForTheAudienceThatIsNamedAndForMinutes(String interpreter, String sample)
      throws Exception {
    Map<String, String> environment =
        new HashMap<>(environment(SigningKey.generate(JWSAlgorithm.HS256)));
    environment.put("AUDIENCE", "");
    JWTClaimsSet without =
        SignedJWT.parse(token(interpreter, sample, environment)).getJWTClaimsSet();
    environment.put("AUDIENCE", "conversation-deletion-prod");
    JWTClaimsSet with = SignedJWT.parse(token(interpreter, sample, environment)).getJWTClaimsSet();

    assertThat(without.getClaims()).doesNotContainKey("aud");
    assertThat(with.getAudience()).containsExactly("conversation-deletion-prod");
    assertThat(
            Duration.between(with.getIssueTime().toInstant(), with.getExpirationTime().toInstant()))
        .isLessThanOrEqualTo(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void saysInALineWhatIsMissing(String interpreter, String sample) throws Exception {
    String shortest = "x".repeat(32);

    assertThat(complaint(interpreter, sample, "", shortest)).contains("APP_ID is not set");
    assertThat(complaint(interpreter, sample, "app", "")).contains("SECRET");
    assertThat(complaint(interpreter, sample, "app", "x".repeat(31))).contains("32 bytes");
    assertThat(token(interpreter, sample, Map.of("APP_ID", "app", "SECRET", shortest)))
        .isNotEmpty();
  }

  private static String complaint(String interpreter, String sample, String app, String secret)
      throws Exception {
    Process process =
        start(command(interpreter, sample), Map.of("APP_ID", app, "SECRET", secret), Redirect.PIPE);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    String complaint =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(complaint).startsWith(sample + ": ").hasLineCount(1);
    return complaint;
  }

  private static String token(String interpreter, String sample, Map<String, String> environment)
      throws Exception {
    return run(command(interpreter, sample), environment);
  }

  private static List<String> command(String interpreter, String sample) {
    String program = interpreter.equals("java") ? JAVA : interpreter;
    List<String> needed =
        interpreter.equals("bash") ? List.of("bash", "openssl") : List.of(program);
    needed.forEach(one -> assumeTrue(isThere(one), one));
    return List.of(program, "../samples/" + sample);
  }

  private static Registration registration(ClientAppId id, Credentials credentials) {
    assertThat(id).isEqualTo(APP);
    return new Registration(
        Optional.of(
            new ClientApp(
                id, credentials, true, true, false, Optional.empty(), new Grants(Map.of()))),
        List.of());
  }

  private static Credentials credentials(SigningKey key) {
    return switch (key) {
      case SigningKey.Secret _ -> new SharedSecret();
      case SigningKey.Pair pair when pair.algorithm().equals(JWSAlgorithm.RS256) ->
          new RsaPublicKey(pair.publicPem());
      case SigningKey.Pair pair -> new EcPublicKey(pair.publicPem());
    };
  }

  private Map<String, String> environment(SigningKey key) throws IOException {
    return switch (key) {
      case SigningKey.Secret _ -> Map.of("APP_ID", APP.value(), "SECRET", SECRET);
      case SigningKey.Pair pair ->
          Map.of(
              "APP_ID",
              APP.value(),
              "KEY_FILE",
              Files.writeString(folder.resolve("key.pem"), pair.privatePem()).toString());
    };
  }

  private static boolean isThere(String program) {
    try {
      run(List.of(program, program.equals("openssl") ? "version" : "--version"), Map.of());
      return true;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Process process = start(command, environment, Redirect.INHERIT);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s", command).isZero();
    return output.strip();
  }

  private static Process start(
      List<String> command, Map<String, String> environment, Redirect errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }
}
