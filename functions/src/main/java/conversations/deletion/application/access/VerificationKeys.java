package conversations.deletion.application.access;

import conversations.deletion.application.access.AuthenticateClientApp.Refusal;
import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.application.port.ClientSecrets.Secret;
import conversations.deletion.application.port.PublicKeys;
import conversations.deletion.application.port.PublicKeys.Ec;
import conversations.deletion.application.port.PublicKeys.Rsa;
import conversations.deletion.application.port.PublicKeys.Unfit;
import conversations.deletion.application.port.Tokens.Token;
import conversations.deletion.application.port.Tokens.VerificationKey;
import conversations.deletion.application.port.Tokens.VerificationKey.Es256;
import conversations.deletion.application.port.Tokens.VerificationKey.Hs256;
import conversations.deletion.application.port.Tokens.VerificationKey.Rs256;
import conversations.deletion.domain.ClientApp;
import conversations.deletion.domain.Credentials.EcPublicKey;
import conversations.deletion.domain.Credentials.RsaPublicKey;
import conversations.deletion.domain.Credentials.SharedSecret;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks signatures with the keys of client apps, and refuses keys that are not safe to use. */
final class VerificationKeys {

  /** RFC 7518, section 3.2: the key must be at least as long as the hash. */
  private static final int MIN_SECRET_BYTES = 32;

  /** How long a client app may go on with a secret that was replaced. */
  private static final Duration CHANGE_OVER = Duration.ofMinutes(5);

  private final ClientSecrets secrets;
  private final PublicKeys publicKeys;

  VerificationKeys(ClientSecrets secrets, PublicKeys publicKeys) {
    this.secrets = secrets;
    this.publicKeys = publicKeys;
  }

  /** Tells whether the client app has signed the token. */
  Verdict verify(Token token, ClientApp clientApp) {
    return switch (clientApp.credentials()) {
      case SharedSecret() -> {
        Verdict first = verify(token, secrets.find(clientApp.id()));
        yield first instanceof WrongSignature
            ? verify(token, secrets.findAgain(clientApp.id()))
            : first;
      }
      case RsaPublicKey(String pem) ->
          switch (publicKeys.read(pem)) {
            case Rsa(RSAPublicKey key) -> verify(token, new Rs256(key));
            case Ec _ -> unusable(Refusal.UNREADABLE_KEY, "for ES256, not for RS256");
            case Unfit unfit -> unusable(unfit);
          };
      case EcPublicKey(String pem) ->
          switch (publicKeys.read(pem)) {
            case Ec(ECPublicKey key) -> verify(token, new Es256(key));
            case Rsa _ -> unusable(Refusal.UNREADABLE_KEY, "for RS256, not for ES256");
            case Unfit unfit -> unusable(unfit);
          };
    };
  }

  private static Verdict verify(Token token, VerificationKey key) {
    return token.isSignedWith(key) ? new Signed() : new WrongSignature();
  }

  private static Verdict verify(Token token, List<Secret> secrets) {
    if (secrets.isEmpty()) {
      return new Unusable(Refusal.NO_SECRET, "secret: none in Secrets Manager, or no text");
    }
    if (secrets.getFirst().bytes().length < MIN_SECRET_BYTES) {
      return new Unusable(
          Refusal.WEAK_SECRET, "secret: shorter than %d bytes".formatted(MIN_SECRET_BYTES));
    }
    for (Secret secret : secrets) {
      if (secret.bytes().length >= MIN_SECRET_BYTES
          && mayBeSignedWith(secret, token)
          && token.isSignedWith(new Hs256(secret.bytes()))) {
        return new Signed();
      }
    }
    return new WrongSignature();
  }

  /**
   * A former secret is good for the tokens that were made before its end, or shortly after, by a
   * client app that did not know. So within a token's longest age, it is good for none any more.
   */
  private static boolean mayBeSignedWith(Secret secret, Token token) {
    Optional<Instant> replaced = secret.replacedAt();
    return replaced.isEmpty()
        || token
            .claims()
            .issuedAt()
            .filter(iat -> !iat.isAfter(replaced.get().plus(CHANGE_OVER)))
            .isPresent();
  }

  private static Unusable unusable(Unfit key) {
    Refusal why =
        switch (key.flaw()) {
          case UNREADABLE -> Refusal.UNREADABLE_KEY;
          case WEAK -> Refusal.WEAK_KEY;
          case WRONG_CURVE -> Refusal.WRONG_CURVE;
        };
    return unusable(why, key.why());
  }

  private static Unusable unusable(Refusal why, String what) {
    return new Unusable(why, "publicKey: " + what);
  }

  /** What came of the look at a signature. */
  sealed interface Verdict {}

  /** The client app has signed the token. */
  record Signed() implements Verdict {}

  /** It has not. */
  record WrongSignature() implements Verdict {}

  /**
   * There is no key, or it may not be used.
   *
   * @param fault what is wrong with it, for operators
   */
  record Unusable(Refusal why, String fault) implements Verdict {}
}
