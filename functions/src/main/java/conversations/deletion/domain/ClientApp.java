package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A registered client app.
 *
 * @param id its id, the {@code appId} of its tokens
 * @param credentials what its tokens are checked with
 * @param enabled whether its tokens are accepted
 * @param requiresJti whether each of its tokens is good only once; the {@code jti} tells its tokens
 *     apart
 * @param allowsUndatedTokens whether its tokens may lack the moments of their making and of their
 *     end. Such a token can be used again until the key is changed or the client app disabled
 * @param tokensNotBefore the moment before which its tokens must not have been made; absent if
 *     operators have taken none back
 * @param grants what it may do, with which bot
 */
public record ClientApp(
    ClientAppId id,
    Credentials credentials,
    boolean enabled,
    boolean requiresJti,
    boolean allowsUndatedTokens,
    Optional<Instant> tokensNotBefore,
    Grants grants) {

  /**
   * Whether each of its tokens must have both moments. A token that is good once must: that it was
   * used is remembered only until it ends.
   */
  public boolean requiresDates() {
    return requiresJti || !allowsUndatedTokens;
  }
}
