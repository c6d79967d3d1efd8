package conversations.deletion.domain;

/**
 * What a client app's signatures are checked with. It also fixes the one algorithm that is
 * accepted, which is never the token's own choice (RFC 8725, section 3.1).
 */
public sealed interface Credentials {

  /** HS256 (RFC 7518, section 3.2), with a secret that is kept elsewhere. */
  record SharedSecret() implements Credentials {}

  /**
   * RS256 (RFC 7518, section 3.3).
   *
   * @param pem the public key, as it was registered
   */
  record RsaPublicKey(String pem) implements Credentials {}

  /**
   * ES256 (RFC 7518, section 3.4).
   *
   * @param pem the public key, as it was registered
   */
  record EcPublicKey(String pem) implements Credentials {}
}
