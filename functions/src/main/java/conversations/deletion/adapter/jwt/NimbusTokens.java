package conversations.deletion.adapter.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import conversations.deletion.application.port.Tokens;
import conversations.deletion.domain.ClientApp.SignatureAlgorithm;
import conversations.deletion.domain.ClientAppId;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads and verifies JSON Web Tokens.
 *
 * <p>Nothing in a token's header has a say: neither its {@code alg} nor a key or an address of a
 * key that it brings along. A header that declares something critical is refused, as nothing of the
 * kind is understood here.
 */
public final class NimbusTokens implements Tokens {

  /** The compact form, exactly: Nimbus would overlook white space round it. */
  private static final Pattern COMPACT_FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  @Override
  public Optional<Token> read(String text) {
    if (!COMPACT_FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (jwt.getHeader().getCriticalParams() != null
          || !(claims.getClaim("appId") instanceof String appId)
          || !ClientAppId.isValid(appId)) {
        return Optional.empty();
      }
      return Optional.of(
          new ReadToken(
              jwt,
              new Claims(
                  new ClientAppId(appId),
                  instant(claims.getExpirationTime()),
                  instant(claims.getNotBeforeTime()),
                  instant(claims.getIssueTime()))));
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  private record ReadToken(SignedJWT jwt, Claims claims) implements Token {

    @Override
    public boolean isSignedWith(SignatureAlgorithm algorithm, byte[] secret) {
      try {
        return switch (algorithm) {
          case HS256 ->
              jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)
                  && jwt.verify(new MACVerifier(secret));
        };
      } catch (JOSEException e) {
        throw new IllegalStateException("a secret that cannot be used", e);
      }
    }
  }
}
