package conversations.deletion.application.port;

import conversations.deletion.domain.ClientAppId;
import java.util.Optional;

/** The secrets with which client apps sign their tokens. */
public interface ClientSecrets {

  /**
   * Finds the secret of a client app, which may be a few minutes old.
   *
   * @return absent if the client app has none
   */
  Optional<byte[]> find(ClientAppId clientApp);
}
