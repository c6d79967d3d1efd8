package conversations.deletion.application.port;

import conversations.deletion.domain.ClientApp.SignatureAlgorithm;
import conversations.deletion.domain.ClientAppId;
import java.time.Instant;
import java.util.Optional;

/** The form of the tokens with which client apps prove who they are. */
public interface Tokens {

  /**
   * Reads a token, believing nothing of it.
   *
   * @return absent if the text is no signed token that names a client app
   */
  Optional<Token> read(String text);

  /** A token that was read; its claims are worth nothing until {@link #isSignedWith} says so. */
  interface Token {

    Claims claims();

    /** Tells whether the token was signed with this secret, by this algorithm and no other. */
    boolean isSignedWith(SignatureAlgorithm algorithm, byte[] secret);
  }

  /**
   * What a token says.
   *
   * @param clientApp whose token it is
   * @param expiresAt from when on it is no longer good
   * @param notBefore before when it is not yet good
   * @param issuedAt when it was made
   */
  record Claims(
      ClientAppId clientApp,
      Optional<Instant> expiresAt,
      Optional<Instant> notBefore,
      Optional<Instant> issuedAt) {}
}
