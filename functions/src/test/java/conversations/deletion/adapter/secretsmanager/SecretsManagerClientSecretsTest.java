package conversations.deletion.adapter.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.port.ClientSecrets.Secret;
import conversations.deletion.domain.ClientAppId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class SecretsManagerClientSecretsTest {

  private static final ClientAppId APP = new ClientAppId("app-1");
  private static final Instant START = Instant.parse("2026-05-08T06:00:00Z");

  private static final Instant ROTATED = START.minusSeconds(100);

  private final List<String> asked = new ArrayList<>();
  private Supplier<GetSecretValueResponse> current = () -> text("first secret");
  private Supplier<GetSecretValueResponse> previous = SecretsManagerClientSecretsTest::missing;
  private Instant now = START;

  private final SecretsManagerClientSecrets secrets =
      new SecretsManagerClientSecrets(
          new SecretsManagerClient() {
            @Override
            public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
              asked.add(request.versionStage() + " " + request.secretId());
              return request.versionStage().equals("AWSCURRENT") ? current.get() : previous.get();
            }

            @Override
            public String serviceName() {
              return SERVICE_NAME;
            }

            @Override
            public void close() {}
          },
          "stack/client-app/",
          () -> now);

  private static GetSecretValueResponse text(String secret) {
    return GetSecretValueResponse.builder().secretString(secret).createdDate(ROTATED).build();
  }

  private static GetSecretValueResponse missing() {
    throw ResourceNotFoundException.builder().build();
  }

  private static List<String> texts(List<Secret> secrets) {
    return secrets.stream()
        .map(secret -> new String(secret.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void isTheTextUnderThePrefixAndTheAppId() {
    current = () -> text("geheim-ä");

    assertThat(texts(secrets.find(APP))).containsExactly("geheim-ä");
    assertThat(asked).containsExactly("AWSCURRENT stack/client-app/app-1");
  }

  @Test
  void isRememberedForFiveMinutesAndThenKnownAsTheFormerOne() {
    secrets.find(APP);
    current = () -> text("second secret");
    previous = () -> text("first secret");

    now = START.plusSeconds(299);
    assertThat(texts(secrets.find(APP))).containsExactly("first secret");
    now = START.plusSeconds(300);
    assertThat(texts(secrets.find(APP))).containsExactly("second secret", "first secret");
    assertThat(secrets.find(APP).getLast().replacedAt()).contains(ROTATED);
    assertThat(asked).hasSize(3);
  }

  /** So a secret that has leaked is of no use once another was put twice. */
  @Test
  void aSecretBeforeTheFormerOneIsGoodForNothing() {
    secrets.find(APP);
    current = () -> text("third secret");
    previous = () -> text("second secret");
    now = START.plusSeconds(300);

    assertThat(texts(secrets.find(APP))).containsExactly("third secret", "second secret");
  }

  @Test
  void isLookedUpAgainOnceAMinuteForSignaturesThatDoNotFit() {
    secrets.find(APP);
    current = () -> text("second secret");
    previous = () -> text("first secret");

    for (int forged = 0; forged < 100; forged++) {
      secrets.find(APP);
      assertThat(texts(secrets.findAgain(APP))).containsExactly("second secret", "first secret");
    }
    assertThat(asked)
        .containsExactly(
            "AWSCURRENT stack/client-app/app-1",
            "AWSCURRENT stack/client-app/app-1",
            "AWSPREVIOUS stack/client-app/app-1");

    now = START.plusSeconds(60);
    current = () -> text("third secret");
    assertThat(texts(secrets.findAgain(APP))).startsWith("third secret");
  }

  @Test
  void thatThereIsNoneIsRememberedForAMinute() {
    current = SecretsManagerClientSecretsTest::missing;
    for (int forged = 0; forged < 100; forged++) {
      assertThat(secrets.find(APP)).isEmpty();
    }
    assertThat(asked).hasSize(1);

    current = () -> text("made meanwhile");
    now = START.plusSeconds(60);
    assertThat(texts(secrets.find(APP))).containsExactly("made meanwhile");
  }

  @Test
  void isNotSpoiltByWhoeverGotIt() {
    secrets.find(APP).getFirst().bytes()[0] = 0;

    assertThat(texts(secrets.find(APP))).containsExactly("first secret");
  }

  @Test
  void isRememberedForEachClientApp() {
    secrets.find(APP);
    current = () -> text("another's");

    assertThat(texts(secrets.find(new ClientAppId("app-2")))).containsExactly("another's");
  }

  static List<Supplier<GetSecretValueResponse>> noSecret() {
    return List.of(
        SecretsManagerClientSecretsTest::missing,
        () -> {
          throw InvalidRequestException.builder().build();
        },
        () -> GetSecretValueResponse.builder().secretBinary(SdkBytes.fromUtf8String("x")).build());
  }

  @ParameterizedTest
  @MethodSource("noSecret")
  void mayBeMissingBinaryOrMarkedForDeletion(Supplier<GetSecretValueResponse> none) {
    current = none;

    assertThat(secrets.find(APP)).isEmpty();
    assertThat(secrets.findAgain(APP)).isEmpty();
  }

  @Test
  void anOutageIsNotAMissingSecret() {
    SdkClientException outage = SdkClientException.create("out of reach");
    current =
        () -> {
          throw outage;
        };

    assertThatThrownBy(() -> secrets.find(APP)).isSameAs(outage);
  }
}
