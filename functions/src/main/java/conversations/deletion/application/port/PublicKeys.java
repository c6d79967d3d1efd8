package conversations.deletion.application.port;

import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Reads the public keys of client apps. */
public interface PublicKeys {

  /**
   * Reads a key.
   *
   * @param text what an operator has registered; may be anything
   */
  Reading read(String text);

  /** What a text turned out to be. */
  sealed interface Reading {}

  /**
   * A key for RS256.
   *
   * @param key at least 2048 bits (RFC 7518, section 3.3)
   */
  record Rsa(RSAPublicKey key) implements Reading {}

  /**
   * A key for ES256.
   *
   * @param key on the curve P-256 (RFC 7518, section 3.4)
   */
  record Ec(ECPublicKey key) implements Reading {}

  /**
   * No key that may be used.
   *
   * @param why for operators; it repeats nothing of the text
   */
  record Unfit(Flaw flaw, String why) implements Reading {}

  /** Why a key may not be used. */
  enum Flaw {
    UNREADABLE,
    WEAK,
    WRONG_CURVE
  }
}
