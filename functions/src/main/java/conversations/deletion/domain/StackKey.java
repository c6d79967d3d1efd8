package conversations.deletion.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of the stack as a key for hashes. Without it, what a hash was made of can't be found
 * out by trial, however few possibilities there are.
 *
 * @param secret at least 32 bytes
 */
public record StackKey(byte[] secret) {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_BYTES = 32;

  /**
   * @throws IllegalArgumentException if it is too short to withstand trial
   */
  public StackKey {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException("the secret of the stack has less than 32 bytes");
    }
    secret = secret.clone();
  }

  /** The keyed hash of a text (HMAC-SHA256), as 64 hexadecimal digits. */
  String hash(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "StackKey";
  }
}
