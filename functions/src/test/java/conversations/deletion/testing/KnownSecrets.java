package conversations.deletion.testing;

import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.domain.ClientAppId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Secrets that every client app has.
 *
 * @param first what is known at first
 * @param later what another look finds
 */
public record KnownSecrets(List<Secret> first, List<Secret> later) implements ClientSecrets {

  /** Current secrets, of which nothing more is found later. */
  public static KnownSecrets of(byte[]... secrets) {
    List<Secret> known =
        Stream.of(secrets).map(secret -> new Secret(secret, Optional.empty())).toList();
    return new KnownSecrets(known, known);
  }

  @Override
  public List<Secret> find(ClientAppId clientApp) {
    return first;
  }

  @Override
  public List<Secret> findAgain(ClientAppId clientApp) {
    return later;
  }
}
