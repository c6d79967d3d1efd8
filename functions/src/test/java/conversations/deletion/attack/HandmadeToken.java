package conversations.deletion.attack;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens from their parts, valid or not. */
final class HandmadeToken {

  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private HandmadeToken() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String unsigned(String header, String claims) {
    return content(header, utf8(claims)) + ".";
  }

  static String hmac(String header, String claims, String algorithm, byte[] secret) {
    return hmac(header, utf8(claims), algorithm, secret);
  }

  static String hmac(String header, byte[] claims, String algorithm, byte[] secret) {
    try {
      String content = content(header, claims);
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      return content + "." + base64(mac.doFinal(utf8(content)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String rs256(String header, String claims, KeyPair keys) {
    return signed(header, claims, "SHA256withRSA", keys);
  }

  static String es256(String header, String claims, KeyPair keys) {
    return signed(header, claims, "SHA256withECDSAinP1363Format", keys);
  }

  /** A token signed with any of the JDK's signature algorithms. */
  static String signed(String header, String claims, String algorithm, KeyPair keys) {
    try {
      String content = content(header, utf8(claims));
      Signature signature = Signature.getInstance(algorithm);
      if (algorithm.equals("RSASSA-PSS")) {
        signature.setParameter(PSS);
      }
      signature.initSign(keys.getPrivate());
      signature.update(utf8(content));
      return content + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(KeyPair keys) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, utf8("\n")).encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static String jwk(KeyPair keys) {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"}"
        .formatted(
            base64(unsignedBytes(key.getModulus())),
            base64(unsignedBytes(key.getPublicExponent())));
  }

  private static String content(String header, byte[] claims) {
    return base64(utf8(header)) + "." + base64(claims);
  }

  private static byte[] unsignedBytes(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }
}
