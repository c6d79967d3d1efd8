package conversations.deletion.adapter.jwt;

import com.nimbusds.jose.jwk.Curve;
import conversations.deletion.application.port.PublicKeys;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Public keys in the textual encoding of SubjectPublicKeyInfo (RFC 7468, section 13), as {@code
 * openssl pkey -pubout} writes them. Nimbus can read that encoding only with Bouncy Castle.
 */
public final class PemPublicKeys implements PublicKeys {

  private static final Pattern FORM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----\\s([A-Za-z0-9+/=\\s]+)\\s-----END PUBLIC KEY-----\\s*");

  @Override
  public Optional<RSAPublicKey> readRsa(String text) {
    return read(text, "RSA", RSAPublicKey.class);
  }

  @Override
  public Optional<ECPublicKey> readEc(String text) {
    return read(text, "EC", ECPublicKey.class);
  }

  @Override
  public boolean isOnP256(ECPublicKey key) {
    return Curve.P_256.equals(Curve.forECParameterSpec(key.getParams()));
  }

  private static <K extends PublicKey> Optional<K> read(
      String text, String algorithm, Class<K> type) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
      return Optional.of(
          type.cast(
              KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded))));
    } catch (InvalidKeySpecException | IllegalArgumentException _) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
