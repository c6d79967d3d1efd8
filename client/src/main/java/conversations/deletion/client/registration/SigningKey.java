package conversations.deletion.client.registration;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key with which a client app signs its tokens. */
public sealed interface SigningKey {

  /** A new key for an algorithm that client apps can be registered with. */
  static SigningKey generate(JWSAlgorithm algorithm) {
    try {
      if (algorithm.equals(JWSAlgorithm.HS256)) {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      if (algorithm.equals(JWSAlgorithm.RS256)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        return new Pair(algorithm, generator.generateKeyPair());
      }
      if (algorithm.equals(JWSAlgorithm.ES256)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return new Pair(algorithm, generator.generateKeyPair());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key for " + algorithm + " cannot be made", e);
    }
    throw new IllegalArgumentException(
        "A client app signs with HS256, RS256 or ES256, not with " + algorithm);
  }

  JWSAlgorithm algorithm();

  JWSSigner signer() throws JOSEException;

  /**
   * HS256.
   *
   * @param text its UTF-8 bytes are the key
   */
  record Secret(String text) implements SigningKey {

    /** RFC 7518, section 3.2: a key is as long as the hash, or longer. */
    private static final int LEAST_BYTES = 32;

    /**
     * @throws IllegalArgumentException if nothing can be signed with it
     */
    public Secret {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes < LEAST_BYTES) {
        throw new IllegalArgumentException(
            "an HS256 secret has %d bytes or more, and this one has %d"
                .formatted(LEAST_BYTES, bytes));
      }
      if (text.indexOf('\uFFFD') >= 0) {
        throw new IllegalArgumentException("the secret is no text in UTF-8");
      }
    }

    @Override
    public JWSAlgorithm algorithm() {
      return JWSAlgorithm.HS256;
    }

    /** Without the secret, as a text may end up in a message. */
    @Override
    public String toString() {
      return "Secret";
    }

    @Override
    public JWSSigner signer() throws JOSEException {
      return new MACSigner(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** RS256 or ES256. */
  record Pair(JWSAlgorithm algorithm, KeyPair keys) implements SigningKey {

    /**
     * Reads what {@link #publicPem} and {@link #privatePem} wrote.
     *
     * @throws IllegalArgumentException if these are not keys for RS256 or ES256
     */
    public static Pair read(JWSAlgorithm algorithm, String publicPem, String privatePem) {
      if (!algorithm.equals(JWSAlgorithm.ES256) && !algorithm.equals(JWSAlgorithm.RS256)) {
        throw new IllegalArgumentException("there is no key pair for " + algorithm);
      }
      try {
        KeyFactory factory =
            KeyFactory.getInstance(algorithm.equals(JWSAlgorithm.ES256) ? "EC" : "RSA");
        Pair pair =
            new Pair(
                algorithm,
                new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(decoded(publicPem))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoded(privatePem)))));
        pair.requireBelongTogether();
        return pair;
      } catch (GeneralSecurityException | JOSEException e) {
        throw new IllegalArgumentException("these are no keys for " + algorithm, e);
      }
    }

    private void requireBelongTogether() throws JOSEException {
      byte[] text = "deletions".getBytes(StandardCharsets.US_ASCII);
      JWSHeader header = new JWSHeader(algorithm);
      JWSVerifier verifier =
          keys.getPublic() instanceof ECPublicKey key
              ? new ECDSAVerifier(key)
              : new RSASSAVerifier((RSAPublicKey) keys.getPublic());
      if (!verifier.verify(header, text, signer().sign(header, text))) {
        throw new IllegalArgumentException("the private and the public key are of different pairs");
      }
    }

    @Override
    public JWSSigner signer() throws JOSEException {
      return keys.getPrivate() instanceof ECPrivateKey key
          ? new ECDSASigner(key)
          : new RSASSASigner(keys.getPrivate());
    }

    PublicKeyText publicKey() {
      return PublicKeyText.of(algorithm, keys.getPublic());
    }

    /** The public key, in the textual encoding of SubjectPublicKeyInfo (RFC 7468, section 13). */
    public String publicPem() {
      return publicKey().pem();
    }

    /** The private key, in the textual encoding of PKCS #8 (RFC 7468, section 10). */
    public String privatePem() {
      return PublicKeyText.pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private static byte[] decoded(String pem) {
      return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
  }
}
