package conversations.deletion.client.registration;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/**
 * A registered client app, from its own side: it holds its key and signs its tokens.
 *
 * @param requiresJti whether each of its tokens is to be good only once
 * @param audience the service that its tokens are for; without it they say none
 */
public record ClientApp(
    String appId, SigningKey key, boolean requiresJti, Optional<String> audience) {

  /** A client app whose tokens do not say which service they are for. */
  public ClientApp(String appId, SigningKey key, boolean requiresJti) {
    this(appId, key, requiresJti, Optional.empty());
  }

  /** A client app that signs with HS256, and whose tokens are good until they expire. */
  public ClientApp(String appId, String secret) {
    this(appId, new SigningKey.Secret(secret), false);
  }

  /** A client app with a new secret of 256 random bits. */
  public static ClientApp withNewSecret(String appId) {
    return withNewKey(appId, JWSAlgorithm.HS256);
  }

  /** A client app with a new key for one of HS256, RS256 and ES256. */
  public static ClientApp withNewKey(String appId, JWSAlgorithm algorithm) {
    return new ClientApp(appId, SigningKey.generate(algorithm), false);
  }

  /** The same client app, but each of its tokens is good only once. */
  public ClientApp whoseTokensAreGoodOnce() {
    return new ClientApp(appId, key, true, audience);
  }

  /** The same client app, but its tokens say which service they are for. */
  public ClientApp withAudience(Optional<String> service) {
    return new ClientApp(appId, key, requiresJti, service);
  }

  /**
   * The secret.
   *
   * @throws IllegalStateException if the client app has a key pair
   */
  public String secret() {
    return switch (key) {
      case SigningKey.Secret(String text) -> text;
      case SigningKey.Pair pair ->
          throw new IllegalStateException("A client app has no secret with " + pair.algorithm());
    };
  }

  /** A token for the {@code auth} header. It is good for this time from now on. */
  public String token(Duration validity) {
    JWTClaimsSet.Builder claims = claims(validity);
    return sign((requiresJti ? claims.jwtID(UUID.randomUUID().toString()) : claims).build());
  }

  /** A token with this {@code jti}. */
  public String token(Duration validity, String jti) {
    return sign(claims(validity).jwtID(jti).build());
  }

  private JWTClaimsSet.Builder claims(Duration validity) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .claim("appId", appId)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validity)));
    audience.ifPresent(service -> claims.audience(service));
    return claims;
  }

  private String sign(JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(key.algorithm()), claims);
      token.sign(key.signer());
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("The key cannot sign with " + key.algorithm(), e);
    }
  }
}
