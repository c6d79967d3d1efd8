package conversations.deletion.application.access;

import conversations.deletion.application.access.AuthenticateClientApp.Refusal;
import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.application.port.PublicKeys;
import conversations.deletion.application.port.PublicKeys.Ec;
import conversations.deletion.application.port.PublicKeys.Rsa;
import conversations.deletion.application.port.PublicKeys.Unfit;
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
import java.util.Optional;

/** Finds the keys of client apps, and refuses those that are not safe to use. */
final class VerificationKeys {

  /** RFC 7518, section 3.2: the key must be at least as long as the hash. */
  private static final int MIN_SECRET_BYTES = 32;

  private final ClientSecrets secrets;
  private final PublicKeys publicKeys;

  VerificationKeys(ClientSecrets secrets, PublicKeys publicKeys) {
    this.secrets = secrets;
    this.publicKeys = publicKeys;
  }

  Search find(ClientApp clientApp) {
    return switch (clientApp.credentials()) {
      case SharedSecret() -> secret(secrets.find(clientApp.id()));
      case RsaPublicKey(String pem) ->
          switch (publicKeys.read(pem)) {
            case Rsa(RSAPublicKey key) -> new Found(new Rs256(key));
            case Ec _ -> unusable(Refusal.UNREADABLE_KEY, "for ES256, not for RS256");
            case Unfit unfit -> unusable(unfit);
          };
      case EcPublicKey(String pem) ->
          switch (publicKeys.read(pem)) {
            case Ec(ECPublicKey key) -> new Found(new Es256(key));
            case Rsa _ -> unusable(Refusal.UNREADABLE_KEY, "for RS256, not for ES256");
            case Unfit unfit -> unusable(unfit);
          };
    };
  }

  private static Search secret(Optional<byte[]> secret) {
    if (secret.isEmpty()) {
      return new Unusable(Refusal.NO_SECRET, "secret: none in Secrets Manager, or no text");
    }
    return secret.get().length < MIN_SECRET_BYTES
        ? new Unusable(
            Refusal.WEAK_SECRET, "secret: shorter than %d bytes".formatted(MIN_SECRET_BYTES))
        : new Found(new Hs256(secret.get()));
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

  /** The result of a search for a key. */
  sealed interface Search {}

  record Found(VerificationKey key) implements Search {}

  /**
   * There is no key, or it may not be used.
   *
   * @param fault what is wrong with it, for operators
   */
  record Unusable(Refusal why, String fault) implements Search {}
}
