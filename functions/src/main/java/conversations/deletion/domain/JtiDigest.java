package conversations.deletion.domain;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a token's {@code jti}. It tells a client app's tokens apart, and has one short
 * length for any characters that the client app chose.
 *
 * @param value 64 hexadecimal digits in lower case
 */
public record JtiDigest(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public JtiDigest {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("JtiDigest must be 64 hexadecimal digits");
    }
  }

  /** The digest of a {@code jti}. */
  public static JtiDigest of(String jti) {
    return new JtiDigest(HexFormat.of().formatHex(Sha256.of(jti)));
  }

  @Override
  public String toString() {
    return value;
  }
}
