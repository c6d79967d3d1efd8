package conversations.deletion.adapter.secretsmanager;

import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.domain.ClientAppId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The secrets of client apps, in AWS Secrets Manager. The name of a secret there is a prefix and
 * the {@code appId}. The client app's secret is its text, as bytes of UTF-8. After a rotation, the
 * version with the staging label AWSPREVIOUS is the one before.
 *
 * <p>A secret that was found is remembered for {@value #MINUTES_REMEMBERED} minutes, and that there
 * is none for one. The version before is asked for only where a signature fits none that is known.
 *
 * <p>Invariant: however many tokens come, and whatever they are signed with, a client app costs
 * each instance of the function at most three calls a minute.
 */
public final class SecretsManagerClientSecrets implements ClientSecrets {

  private static final int MINUTES_REMEMBERED = 5;
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
  private static final String CURRENT = "AWSCURRENT";
  private static final String PREVIOUS = "AWSPREVIOUS";

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
  public List<Secret> find(ClientAppId clientApp) {
    Remembered known = remembered.getOrDefault(clientApp, Remembered.NOTHING);
    return clock.instant().isBefore(known.until())
        ? known.secrets()
        : look(clientApp, current -> mayBeNews(current, known.secrets()), known.again());
  }

  @Override
  public List<Secret> findAgain(ClientAppId clientApp) {
    Remembered known = remembered.getOrDefault(clientApp, Remembered.NOTHING);
    Instant now = clock.instant();
    return now.isBefore(known.again())
        ? known.secrets()
        : look(clientApp, _ -> true, now.plus(BETWEEN_LOOKS));
  }

  /**
   * Looks up what is current, and, where that is asked for, what was before. The former secret is
   * never what this instance happens to know: after two rotations that is no longer good.
   *
   * @param former whether the secret before this current one is looked up too
   */
  private List<Secret> look(ClientAppId clientApp, Predicate<Version> former, Instant again) {
    List<Secret> secrets = new ArrayList<>();
    Optional<Version> current = read(clientApp, CURRENT);
    if (current.isPresent()) {
      secrets.add(new Secret(current.get().bytes(), Optional.empty()));
      if (former.test(current.get())) {
        read(clientApp, PREVIOUS)
            .map(version -> new Secret(version.bytes(), Optional.of(current.get().createdAt())))
            .ifPresent(secrets::add);
      }
    }
    Duration time = secrets.isEmpty() ? BETWEEN_LOOKS : Duration.ofMinutes(MINUTES_REMEMBERED);
    remembered.put(
        clientApp, new Remembered(List.copyOf(secrets), clock.instant().plus(time), again));
    return List.copyOf(secrets);
  }

  private static boolean mayBeNews(Version current, List<Secret> known) {
    return known.size() > 1
        || (known.size() == 1 && !Arrays.equals(known.getFirst().bytes(), current.bytes()));
  }

  private Optional<Version> read(ClientAppId clientApp, String stage) {
    try {
      GetSecretValueResponse value =
          secretsManager.getSecretValue(
              request -> request.secretId(namePrefix + clientApp.value()).versionStage(stage));
      return value.secretString() == null
          ? Optional.empty()
          : Optional.of(
              new Version(
                  value.secretString().getBytes(StandardCharsets.UTF_8), value.createdDate()));
    } catch (ResourceNotFoundException | InvalidRequestException _) {
      // There is no such secret or version, or it is marked for deletion.
      return Optional.empty();
    }
  }

  private record Version(byte[] bytes, Instant createdAt) {}

  /**
   * @param until when it is to be looked at anew
   * @param again when it may be looked at anew for a signature that does not fit
   */
  private record Remembered(List<Secret> secrets, Instant until, Instant again) {
    private static final Remembered NOTHING =
        new Remembered(List.of(), Instant.EPOCH, Instant.EPOCH);
  }
}
