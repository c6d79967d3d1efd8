package conversations.deletion.application.port;

import conversations.deletion.domain.ClientAppId;
import java.util.Optional;

/** The secrets with which client apps sign their tokens. */
public interface ClientSecrets {

  /**
   * Finds the secret of a client app, as it was a few minutes ago or is now.
   *
   * @return absent if the client app has none
   */
  Optional<byte[]> find(ClientAppId clientApp);
}
