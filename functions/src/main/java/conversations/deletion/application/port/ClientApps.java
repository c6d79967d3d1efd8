package conversations.deletion.application.port;

import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import java.util.Optional;

/** The registered client apps. */
public interface ClientApps {

  /** Finds a client app. */
  Optional<ClientApp> find(ClientAppId clientApp);
}
