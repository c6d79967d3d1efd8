package conversations.deletion.application.port;

import conversations.deletion.domain.ClientAppId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The secrets with which client apps sign their tokens. Safe for use by several threads. */
public interface ClientSecrets {

  /**
   * Finds the secrets of a client app, the current one first. What is known may be a few minutes
   * old, also that there is none.
   *
   * @return empty if the client app has none
   */
  List<Secret> find(ClientAppId clientApp);

  /**
   * Finds them for a token whose signature fits none of those that {@link #find} knew: they may
   * have changed since. However often this is called, it asks at most once a minute.
   */
  List<Secret> findAgain(ClientAppId clientApp);

  /**
   * A secret.
   *
   * @param replacedAt when another took its place; absent if it is the current one
   */
  record Secret(byte[] bytes, Optional<Instant> replacedAt) {

    public Secret {
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }
  }
}
