import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Prints a token for the auth header. It needs Java 17 or later, and no library.
 *
 * <pre>
 * APP_ID=shop-backend SECRET=the-secret java Token.java            signs with HS256
 * APP_ID=shop-backend KEY_FILE=private-key.pem java Token.java     signs with RS256 or ES256, by the key
 * </pre>
 *
 * The key is PKCS #8 in PEM: its file begins with BEGIN PRIVATE KEY. With
 * AUDIENCE=conversation-deletion-prod, the name of the stack, no other service takes the token.
 */
public final class Token {

  public static void main(String[] arguments) throws Exception {
    String appId = System.getenv().getOrDefault("APP_ID", "");
    String secret = System.getenv().getOrDefault("SECRET", "");
    String keyFile = System.getenv().getOrDefault("KEY_FILE", "");
    require(!appId.isEmpty(), "APP_ID is not set: the id of the client app");
    require(!secret.isEmpty() || !keyFile.isEmpty(), "neither SECRET nor KEY_FILE is set");
    require(
        !keyFile.isEmpty() || utf8(secret).length >= 32,
        "SECRET has fewer than 32 bytes, too few for HS256");
    PrivateKey key = keyFile.isEmpty() ? null : privateKey(Path.of(keyFile));
    String algorithm = key == null ? "HS256" : key.getAlgorithm().equals("RSA") ? "RS256" : "ES256";
    long now = Instant.now().getEpochSecond();

    String header = "{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm);
    String audience = System.getenv().getOrDefault("AUDIENCE", "");
    String claims =
        "{\"appId\":\"%s\",\"iat\":%d,\"exp\":%d,\"jti\":\"%s\"%s}"
            .formatted(
                appId,
                now,
                now + 300,
                UUID.randomUUID(),
                audience.isEmpty() ? "" : ",\"aud\":\"%s\"".formatted(audience));
    String content = base64url(utf8(header)) + "." + base64url(utf8(claims));
    byte[] signature =
        key == null
            ? hmac(utf8(secret), utf8(content))
            : signature(algorithm, key, utf8(content));
    System.out.println(content + "." + base64url(signature));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      System.err.println("Token.java: " + otherwise);
      System.exit(2);
    }
  }

  private static byte[] hmac(byte[] secret, byte[] content) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return mac.doFinal(content);
  }

  /** A JWT has the two numbers of an ES256 signature side by side (P1363), not in DER. */
  private static byte[] signature(String algorithm, PrivateKey key, byte[] content)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(content);
    return signature.sign();
  }

  private static PrivateKey privateKey(Path file) {
    try {
      return privateKey(Files.readString(file));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
      require(false, "KEY_FILE can't be read: " + unreadable);
      throw new AssertionError();
    }
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(
            Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    } catch (InvalidKeySpecException noRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
