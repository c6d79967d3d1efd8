package conversations.deletion.adapter.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.domain.ClientAppId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
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

  private final List<String> asked = new ArrayList<>();
  private Supplier<GetSecretValueResponse> answer = () -> text("first secret");
  private Instant now = START;

  private final SecretsManagerClientSecrets secrets =
      new SecretsManagerClientSecrets(
          new SecretsManagerClient() {
            @Override
            public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
              asked.add(request.secretId());
              return answer.get();
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
    return GetSecretValueResponse.builder().secretString(secret).build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void isTheTextUnderThePrefixAndTheAppId() {
    answer = () -> text("geheim-ä");

    assertThat(secrets.find(APP)).hasValue(utf8("geheim-ä"));
    assertThat(asked).containsExactly("stack/client-app/app-1");
  }

  @Test
  void isRememberedForFiveMinutes() {
    secrets.find(APP);
    answer = () -> text("second secret");

    now = START.plusSeconds(299);
    assertThat(secrets.find(APP)).hasValue(utf8("first secret"));
    now = START.plusSeconds(300);
    assertThat(secrets.find(APP)).hasValue(utf8("second secret"));
    assertThat(asked).hasSize(2);
  }

  @Test
  void isNotSpoiltByWhoeverGotIt() {
    secrets.find(APP).orElseThrow()[0] = 0;
    secrets.find(APP).orElseThrow()[0] = 0;

    assertThat(secrets.find(APP)).hasValue(utf8("first secret"));
  }

  @Test
  void isRememberedForEachClientApp() {
    secrets.find(APP);
    answer = () -> text("another's");

    assertThat(secrets.find(new ClientAppId("app-2"))).hasValue(utf8("another's"));
  }

  @Test
  void mayBeMissingBinaryOrMarkedForDeletion() {
    answer =
        () -> {
          throw ResourceNotFoundException.builder().build();
        };
    assertThat(secrets.find(APP)).isEmpty();
    answer =
        () -> {
          throw InvalidRequestException.builder().build();
        };
    assertThat(secrets.find(APP)).isEmpty();
    answer =
        () -> GetSecretValueResponse.builder().secretBinary(SdkBytes.fromUtf8String("x")).build();
    assertThat(secrets.find(APP)).isEmpty();

    answer = () -> text("made meanwhile");
    assertThat(secrets.find(APP)).isPresent();
  }

  @Test
  void anOutageIsNotAMissingSecret() {
    SdkClientException outage = SdkClientException.create("out of reach");
    answer =
        () -> {
          throw outage;
        };

    assertThatThrownBy(() -> secrets.find(APP)).isSameAs(outage);
  }
}
