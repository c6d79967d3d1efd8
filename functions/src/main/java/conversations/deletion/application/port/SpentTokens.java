package conversations.deletion.application.port;

import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JtiDigest;
import java.time.Instant;

/** The used tokens, of those that are good only once. */
public interface SpentTokens {

  /**
   * Spends a token. Of any number of calls for it, even simultaneous ones, only one is told that it
   * was the first.
   *
   * @param forgetAt when it may be forgotten, because the token is no longer accepted anyway
   * @return whether this was the first use
   */
  boolean spend(ClientAppId clientApp, JtiDigest jti, Instant forgetAt);
}
