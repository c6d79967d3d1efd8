package conversations.deletion.adapter.secretsmanager;

import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.domain.ClientAppId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The secrets of client apps, in AWS Secrets Manager. The name of a secret there is a prefix and
 * the {@code appId}. The client app's secret is its text, as bytes of UTF-8.
 *
 * <p>A secret that was found is remembered for {@value #MINUTES_REMEMBERED} minutes, so a rotated
 * secret takes effect within that time.
 */
public final class SecretsManagerClientSecrets implements ClientSecrets {

  private static final int MINUTES_REMEMBERED = 5;

  private final SecretsManagerClient secretsManager;
  private final String namePrefix;
  private final InstantSource clock;
  private final Map<ClientAppId, Remembered> remembered = new ConcurrentHashMap<>();

  public SecretsManagerClientSecrets(
      SecretsManagerClient secretsManager, String namePrefix, InstantSource clock) {
    this.secretsManager = secretsManager;
    this.namePrefix = namePrefix;
    this.clock = clock;
  }

  @Override
  public Optional<byte[]> find(ClientAppId clientApp) {
    Instant now = clock.instant();
    Remembered known = remembered.get(clientApp);
    if (known != null && now.isBefore(known.until())) {
      return Optional.of(known.secret().clone());
    }
    Optional<byte[]> secret = read(clientApp);
    secret.ifPresentOrElse(
        found ->
            remembered.put(
                clientApp, new Remembered(found, now.plus(Duration.ofMinutes(MINUTES_REMEMBERED)))),
        () -> remembered.remove(clientApp));
    return secret.map(byte[]::clone);
  }

  private Optional<byte[]> read(ClientAppId clientApp) {
    try {
      return Optional.ofNullable(
              secretsManager
                  .getSecretValue(request -> request.secretId(namePrefix + clientApp.value()))
                  .secretString())
          .map(text -> text.getBytes(StandardCharsets.UTF_8));
    } catch (ResourceNotFoundException | InvalidRequestException _) {
      // There is no such secret, or it is marked for deletion.
      return Optional.empty();
    }
  }

  private record Remembered(byte[] secret, Instant until) {}
}
