package conversations.deletion.application.port;

import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.JtiDigest;
import java.time.Instant;

/** The tokens, of those that are good once, that were used. */
public interface SpentTokens {

  /**
   * Spends a token. Of any number of calls for it, also at the same time, one alone is told that it
   * was the first.
   *
   * @param forgetAt when it may be forgotten, as the token is no longer accepted anyway
   * @return whether this was the first use
   */
  boolean spend(ClientAppId clientApp, JtiDigest jti, Instant forgetAt);
}
