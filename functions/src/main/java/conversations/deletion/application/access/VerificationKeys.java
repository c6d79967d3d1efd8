package conversations.deletion.application.access;

import conversations.deletion.application.access.AuthenticateClientApp.Refusal;
import conversations.deletion.application.port.ClientSecrets;
import conversations.deletion.application.port.PublicKeys;
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

  /** RFC 7518, section 3.3. */
  private static final int MIN_RSA_BITS = 2048;

  private final ClientSecrets secrets;
  private final PublicKeys publicKeys;

  VerificationKeys(ClientSecrets secrets, PublicKeys publicKeys) {
    this.secrets = secrets;
    this.publicKeys = publicKeys;
  }

  Search find(ClientApp clientApp) {
    return switch (clientApp.credentials()) {
      case SharedSecret() -> secret(secrets.find(clientApp.id()));
      case RsaPublicKey(String pem) -> rsa(publicKeys.readRsa(pem));
      case EcPublicKey(String pem) -> ec(publicKeys.readEc(pem));
    };
  }

  private static Search secret(Optional<byte[]> secret) {
    if (secret.isEmpty()) {
      return new Unusable(Refusal.NO_SECRET);
    }
    return secret.get().length < MIN_SECRET_BYTES
        ? new Unusable(Refusal.WEAK_SECRET)
        : new Found(new Hs256(secret.get()));
  }

  private static Search rsa(Optional<RSAPublicKey> key) {
    if (key.isEmpty()) {
      return new Unusable(Refusal.UNREADABLE_KEY);
    }
    return key.get().getModulus().bitLength() < MIN_RSA_BITS
        ? new Unusable(Refusal.WEAK_KEY)
        : new Found(new Rs256(key.get()));
  }

  private Search ec(Optional<ECPublicKey> key) {
    if (key.isEmpty()) {
      return new Unusable(Refusal.UNREADABLE_KEY);
    }
    return publicKeys.isOnP256(key.get())
        ? new Found(new Es256(key.get()))
        : new Unusable(Refusal.WRONG_CURVE);
  }

  /** The result of a search for a key. */
  sealed interface Search {}

  record Found(VerificationKey key) implements Search {}

  /** There is no key, or it may not be used. */
  record Unusable(Refusal why) implements Search {}
}
