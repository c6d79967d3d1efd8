package conversations.deletion.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.template.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class SecretsEndpointTest {

  private static final String NAME = "stack/client-app/app-1";

  private SecretsEndpoint endpoint;
  private AwsClients clients;
  private SecretsManagerClient secrets;

  @BeforeEach
  void start() {
    endpoint =
        SecretsEndpoint.start(Listening.HERE, new Account("123456789012", "eu-central-1", "stack"));
    clients = AwsClients.of(Endpoints.all(endpoint.endpoint()), "eu-central-1");
    secrets = clients.secretsManager();
  }

  @AfterEach
  void stop() {
    clients.close();
    endpoint.close();
  }

  @Test
  void tellsASecretByItsNameAndByItsArn() {
    CreateSecretResponse created =
        secrets.createSecret(request -> request.name(NAME).secretString("s3cret"));

    assertThat(created.arn())
        .startsWith("arn:aws:secretsmanager:eu-central-1:123456789012:secret:" + NAME + "-");
    for (String id : new String[] {NAME, created.arn()}) {
      GetSecretValueResponse value = secrets.getSecretValue(request -> request.secretId(id));
      assertThat(value.secretString()).isEqualTo("s3cret");
      assertThat(value.name()).isEqualTo(NAME);
      assertThat(value.versionId()).isEqualTo(created.versionId());
      assertThat(value.versionStages()).containsExactly("AWSCURRENT");
      assertThat(value.createdDate()).isNotNull();
    }
  }

  @Test
  void keepsTheFormerValueWhenASecretIsReplaced() {
    secrets.createSecret(request -> request.name(NAME).secretString("old"));

    secrets.putSecretValue(request -> request.secretId(NAME).secretString("new"));

    assertThat(secrets.getSecretValue(request -> request.secretId(NAME)).secretString())
        .isEqualTo("new");
    assertThat(
            secrets
                .getSecretValue(request -> request.secretId(NAME).versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("old");
  }

  @Test
  void keepsBytes() {
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {0, 1, -1});
    secrets.createSecret(request -> request.name(NAME).secretBinary(bytes));

    assertThat(secrets.getSecretValue(request -> request.secretId(NAME)).secretBinary())
        .isEqualTo(bytes);
  }

  @Test
  void doesNotFindWhatWasNotCreated() {
    assertThatThrownBy(() -> secrets.getSecretValue(request -> request.secretId(NAME)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Secrets Manager can't find the specified secret.");
    assertThatThrownBy(
            () -> secrets.putSecretValue(request -> request.secretId(NAME).secretString("x")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void createsASecretOnlyOnce() {
    secrets.createSecret(request -> request.name(NAME).secretString("x"));

    assertThatThrownBy(() -> secrets.createSecret(request -> request.name(NAME).secretString("y")))
        .isInstanceOf(ResourceExistsException.class);
  }

  @Test
  void deletesASecretForGood() {
    secrets.createSecret(request -> request.name(NAME).secretString("x"));

    secrets.deleteSecret(request -> request.secretId(NAME).forceDeleteWithoutRecovery(true));

    assertThatThrownBy(() -> secrets.describeSecret(request -> request.secretId(NAME)))
        .isInstanceOf(ResourceNotFoundException.class);
    secrets.createSecret(request -> request.name(NAME).secretString("y"));
    assertThatThrownBy(() -> secrets.deleteSecret(request -> request.secretId(NAME)))
        .hasMessageContaining("not understood");
  }

  @Test
  void refusesAnUnknownOperation() {
    assertThatThrownBy(() -> secrets.listSecrets())
        .isInstanceOfSatisfying(
            SecretsManagerException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode())
                    .isEqualTo("UnknownOperationException"));
  }
}
