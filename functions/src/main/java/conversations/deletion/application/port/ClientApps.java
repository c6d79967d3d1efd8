package conversations.deletion.application.port;

import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.ClientAppId;
import java.util.List;
import java.util.Optional;

/** The registered client apps. */
public interface ClientApps {

  /** Finds what is registered for a client app. */
  Optional<Registration> find(ClientAppId clientApp);

  /**
   * What an operator has written about a client app.
   *
   * @param clientApp absent if that can't be used
   * @param faults what is wrong with it, for operators; nothing of it is repeated. A grant that
   *     can't be used is such a fault, and is left out
   */
  record Registration(Optional<ClientApp> clientApp, List<String> faults) {}
}
