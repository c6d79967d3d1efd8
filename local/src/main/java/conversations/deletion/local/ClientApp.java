package conversations.deletion.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** A registered client app, seen from its own side: it holds its secret and signs its tokens. */
public record ClientApp(String appId, String secret) {

  /** A client app with a new secret of 256 random bits. */
  public static ClientApp withNewSecret(String appId) {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return new ClientApp(appId, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** A token that is good from now on for that long: the value of the {@code auth} header. */
  public String token(Duration validity) {
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .claim("appId", appId)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validity)))
            .build();
    try {
      var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("The secret cannot sign with HS256", e);
    }
  }
}
