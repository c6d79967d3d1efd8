package conversations.deletion.application.access;

import conversations.deletion.application.port.SpentTokens;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.VerifiedToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Uses a verified token for one request. The token may have been verified minutes ago, so this must
 * run for each request, with no cache in front of it.
 */
public final class UseToken {

  /** How much the clock that refuses an expired token may differ from the clock that forgets it. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final SpentTokens spentTokens;
  private final InstantSource clock;

  public UseToken(SpentTokens spentTokens, InstantSource clock) {
    this.spentTokens = spentTokens;
    this.clock = clock;
  }

  /**
   * Uses a token. If the token is good only once, this spends it, even if the request fails later.
   * Of several uses, even simultaneous ones, only one is accepted.
   */
  public Use use(VerifiedToken token) {
    if (!clock.instant().isBefore(token.goodUntil())) {
      return Use.EXPIRED;
    }
    Optional<JtiDigest> once = token.goodOnce();
    boolean isFirst =
        once.isEmpty()
            || spentTokens.spend(token.clientApp(), once.get(), token.goodUntil().plus(MARGIN));
    return isFirst ? Use.ACCEPTED : Use.ALREADY_USED;
  }

  /** The result of a use. */
  public enum Use {
    ACCEPTED,
    EXPIRED,
    ALREADY_USED
  }
}
