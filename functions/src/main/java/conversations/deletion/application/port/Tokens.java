package conversations.deletion.application.port;

import conversations.deletion.domain.ClientAppId;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The form of the tokens with which client apps prove who they are. */
public interface Tokens {

  /**
   * Reads a token, without trusting anything in it.
   *
   * @return absent if the text is no signed token that names a client app
   */
  Optional<Token> read(String text);

  /**
   * A token that was read. Its claims must not be trusted until {@link #isSignedWith} has said yes.
   */
  interface Token {

    Claims claims();

    /** Tells whether the token was signed with this key, by the key's algorithm and no other. */
    boolean isSignedWith(VerificationKey key);
  }

  /** A key that is fit for its algorithm. */
  sealed interface VerificationKey {

    /**
     * @param secret at least 256 bits
     */
    record Hs256(byte[] secret) implements VerificationKey {}

    /**
     * @param key at least 2048 bits
     */
    record Rs256(RSAPublicKey key) implements VerificationKey {}

    /**
     * @param key on the curve P-256
     */
    record Es256(ECPublicKey key) implements VerificationKey {}
  }

  /**
   * The claims of a token.
   *
   * @param clientApp the client app that it speaks for
   * @param expiresAt the moment from which it is no longer good
   * @param notBefore the moment before which it is not yet good
   * @param issuedAt when it was made
   * @param jti tells it from the client app's other tokens
   * @param audience whom it is meant for; absent if it does not say
   */
  record Claims(
      ClientAppId clientApp,
      Optional<Instant> expiresAt,
      Optional<Instant> notBefore,
      Optional<Instant> issuedAt,
      Optional<String> jti,
      Optional<List<String>> audience) {}
}
