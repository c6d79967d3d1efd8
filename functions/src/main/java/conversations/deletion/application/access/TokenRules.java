package conversations.deletion.application.access;

import conversations.deletion.application.access.AuthenticateClientApp.Refusal;
import conversations.deletion.application.port.Tokens.Claims;
import conversations.deletion.domain.ClientApp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the claims of a token must say.
 *
 * @param maxAge the longest time after its {@code iat} for which a token is accepted
 * @param audience what a token's {@code aud} must hold, if it has one (RFC 7519, section 4.1.3; RFC
 *     8725, section 3.9). So a token that was meant for another service is no token for this one
 */
public record TokenRules(Duration maxAge, String audience) {

  /** How far the clocks of client apps may be wrong. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final int MAX_JTI_LENGTH = 256;

  /** Why a token with these claims is refused; empty if it is not. */
  Optional<Refusal> findRefusal(Claims claims, ClientApp clientApp, Instant now) {
    if (claims.audience().isPresent() && !claims.audience().get().contains(audience)) {
      return Optional.of(Refusal.WRONG_AUDIENCE);
    }
    if (clientApp.requiresDates() && claims.expiresAt().isEmpty()) {
      return Optional.of(Refusal.NO_EXPIRY);
    }
    Instant earliest = now.minus(CLOCK_SKEW);
    if (claims.expiresAt().filter(expiry -> !earliest.isBefore(expiry)).isPresent()) {
      return Optional.of(Refusal.EXPIRED);
    }
    Instant latest = now.plus(CLOCK_SKEW);
    if (claims.notBefore().filter(latest::isBefore).isPresent()) {
      return Optional.of(Refusal.NOT_YET_VALID);
    }
    if (clientApp.requiresDates() && claims.issuedAt().isEmpty()) {
      return Optional.of(Refusal.NO_ISSUE_TIME);
    }
    if (claims.issuedAt().filter(latest::isBefore).isPresent()) {
      return Optional.of(Refusal.ISSUED_IN_FUTURE);
    }
    if (!now.isBefore(goodUntil(claims, now))) {
      return Optional.of(Refusal.TOO_OLD);
    }
    if (isTakenBack(claims, clientApp)) {
      return Optional.of(Refusal.TAKEN_BACK);
    }
    if (clientApp.requiresJti() && claims.jti().filter(TokenRules::isJti).isEmpty()) {
      return Optional.of(Refusal.NO_JTI);
    }
    return Optional.empty();
  }

  /**
   * The moment from which the token is refused, because it has expired or is too old. A token
   * without the moment of its making counts as made now: it is never too old.
   */
  Instant goodUntil(Claims claims, Instant now) {
    Instant oldest = claims.issuedAt().orElse(now).plus(maxAge);
    return claims.expiresAt().filter(oldest::isAfter).orElse(oldest).plus(CLOCK_SKEW);
  }

  /** A token that does not say when it was made may be one of those that were taken back. */
  private static boolean isTakenBack(Claims claims, ClientApp clientApp) {
    Optional<Instant> first = clientApp.tokensNotBefore();
    return first.isPresent()
        && claims.issuedAt().filter(iat -> !iat.isBefore(first.get())).isEmpty();
  }

  private static boolean isJti(String text) {
    return !text.isEmpty() && text.length() <= MAX_JTI_LENGTH;
  }
}
