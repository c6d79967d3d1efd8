package conversations.deletion.application.access;

import conversations.deletion.application.port.SpentTokens;
import conversations.deletion.domain.JtiDigest;
import conversations.deletion.domain.VerifiedToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes a verified token for one request. Whether it was verified now or minutes ago makes no
 * difference, so this belongs where no cache stands before it.
 */
public final class UseToken {

  /** By how much clocks may differ between what refuses an expired token and what forgets it. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final SpentTokens spentTokens;
  private final InstantSource clock;

  public UseToken(SpentTokens spentTokens, InstantSource clock) {
    this.spentTokens = spentTokens;
    this.clock = clock;
  }

  /**
   * Uses a token. One that is good once is spent by this, whatever becomes of the request: of
   * several uses, at the same time too, one alone is accepted.
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

  /** What came of it. */
  public enum Use {
    ACCEPTED,
    EXPIRED,
    ALREADY_USED
  }
}
