package conversations.deletion.adapter.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import conversations.deletion.application.port.Tokens;
import conversations.deletion.application.port.Tokens.VerificationKey.Es256;
import conversations.deletion.application.port.Tokens.VerificationKey.Hs256;
import conversations.deletion.application.port.Tokens.VerificationKey.Rs256;
import conversations.deletion.domain.ClientAppId;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads and verifies JSON Web Tokens.
 *
 * <p>A token's header decides nothing: neither its {@code alg}, nor a key or the address of a key
 * in it. A header with critical parameters is refused, as none of them is understood here.
 */
public final class NimbusTokens implements Tokens {

  /** Exactly the compact form: Nimbus would ignore white space around it. */
  private static final Pattern COMPACT_FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private static final String AUDIENCE = "aud";

  @Override
  public Optional<Token> read(String text) {
    if (!COMPACT_FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      Map<String, Object> payload = jwt.getPayload().toJSONObject();
      if (payload == null || !isAudience(payload)) {
        return Optional.empty();
      }
      JWTClaimsSet claims = JWTClaimsSet.parse(payload);
      if (jwt.getHeader().getCriticalParams() != null
          || !isCanonical(jwt.getSignature())
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
                  instant(claims.getIssueTime()),
                  Optional.ofNullable(claims.getJWTID()),
                  payload.containsKey(AUDIENCE)
                      ? Optional.of(claims.getAudience())
                      : Optional.empty())));
    } catch (ParseException | RuntimeException _) {
      // Of a header that is JSON but no object, Nimbus throws what it does not declare. Anybody can
      // send one, and must not make the function fail.
      return Optional.empty();
    }
  }

  /** Nimbus drops an audience that is neither a text nor a list: then the token would have none. */
  private static boolean isAudience(Map<String, Object> payload) {
    if (!payload.containsKey(AUDIENCE) || payload.get(AUDIENCE) instanceof String) {
      return true;
    }
    return payload.get(AUDIENCE) instanceof List<?> values
        && values.stream().allMatch(String.class::isInstance);
  }

  /**
   * Tells whether this is the canonical text for its bytes (RFC 4648, section 3.5). Otherwise the
   * unused bits of the last character could turn one good token into a second one.
   */
  private static boolean isCanonical(Base64URL signature) {
    return Base64URL.encode(signature.decode()).equals(signature);
  }

  private static Optional<Instant> instant(Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  private record ReadToken(SignedJWT jwt, Claims claims) implements Token {

    @Override
    public boolean isSignedWith(VerificationKey key) {
      try {
        return switch (key) {
          case Hs256(byte[] secret) -> isSignedBy(JWSAlgorithm.HS256, new MACVerifier(secret));
          case Rs256(RSAPublicKey rsa) -> isSignedBy(JWSAlgorithm.RS256, new RSASSAVerifier(rsa));
          case Es256(ECPublicKey ec) -> isSignedBy(JWSAlgorithm.ES256, new ECDSAVerifier(ec));
        };
      } catch (JOSEException e) {
        throw new IllegalStateException("the key cannot be used", e);
      }
    }

    private boolean isSignedBy(JWSAlgorithm algorithm, JWSVerifier verifier) throws JOSEException {
      return jwt.getHeader().getAlgorithm().equals(algorithm) && jwt.verify(verifier);
    }
  }
}
