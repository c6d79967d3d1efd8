package conversations.deletion.application.port;

import conversations.deletion.domain.ClientAppId;
import java.util.Optional;

/** What client apps are called. */
public interface ClientAppNames {

  /** Finds the name of a client app; absent if there is no such client app, or it has no name. */
  Optional<String> find(ClientAppId clientApp);
}
