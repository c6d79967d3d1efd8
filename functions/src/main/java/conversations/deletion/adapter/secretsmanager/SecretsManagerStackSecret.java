package conversations.deletion.adapter.secretsmanager;

import conversations.deletion.application.port.StackSecret;
import conversations.deletion.domain.StackKey;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The secret of the stack, in AWS Secrets Manager. It is read when it is first needed, and then
 * remembered: it never changes. So it is in no snapshot that functions start from.
 */
public final class SecretsManagerStackSecret implements StackSecret {

  private final SecretsManagerClient secretsManager;
  private final String secretArn;
  private volatile StackKey key;

  public SecretsManagerStackSecret(SecretsManagerClient secretsManager, String secretArn) {
    this.secretsManager = secretsManager;
    this.secretArn = secretArn;
  }

  @Override
  public StackKey key() {
    if (key == null) {
      String secret =
          secretsManager.getSecretValue(request -> request.secretId(secretArn)).secretString();
      key = new StackKey(secret.getBytes(StandardCharsets.UTF_8));
    }
    return key;
  }
}
