package conversations.deletion.client.registration;

import com.nimbusds.jose.JWSAlgorithm;
import conversations.deletion.adapter.jwt.PemPublicKeys;
import conversations.deletion.application.port.PublicKeys;
import java.security.PublicKey;
import java.util.Base64;

/**
 * A public key as it is registered.
 *
 * @param algorithm the algorithm that it is for: RS256 or ES256
 * @param pem the textual encoding of SubjectPublicKeyInfo (RFC 7468, section 13)
 */
public record PublicKeyText(JWSAlgorithm algorithm, String pem) {

  /** Writes a key. */
  static PublicKeyText of(JWSAlgorithm algorithm, PublicKey key) {
    return new PublicKeyText(algorithm, pem("PUBLIC KEY", key.getEncoded()));
  }

  /**
   * Reads a key as people have it, by the rules by which the service reads what is registered.
   *
   * @throws IllegalArgumentException if it is no key that may be used; the message says why, and
   *     repeats nothing of it
   */
  public static PublicKeyText read(String text) {
    return switch (new PemPublicKeys().read(text)) {
      case PublicKeys.Rsa rsa -> of(JWSAlgorithm.RS256, rsa.key());
      case PublicKeys.Ec ec -> of(JWSAlgorithm.ES256, ec.key());
      case PublicKeys.Unfit unfit -> throw new IllegalArgumentException(unfit.why());
    };
  }

  static String pem(String label, byte[] encoded) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines);
  }
}
