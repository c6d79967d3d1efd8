package conversations.deletion.application.port;

import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** Reads the public keys of client apps. */
public interface PublicKeys {

  /** Reads an RSA key; absent if the text is none. */
  Optional<RSAPublicKey> readRsa(String text);

  /** Reads a key on an elliptic curve; absent if the text is none. */
  Optional<ECPublicKey> readEc(String text);

  /** Tells whether a key is on the curve P-256, the only one of ES256 (RFC 7518, section 3.4). */
  boolean isOnP256(ECPublicKey key);
}
