package conversations.deletion.application.port;

import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** Reads the public keys of client apps. */
public interface PublicKeys {

  /** Absent if the text is no RSA key. */
  Optional<RSAPublicKey> readRsa(String text);

  /** Absent if the text is no key on an elliptic curve. */
  Optional<ECPublicKey> readEc(String text);

  /** Tells whether a key is on the curve P-256, the only one of ES256 (RFC 7518, section 3.4). */
  boolean isOnP256(ECPublicKey key);
}
