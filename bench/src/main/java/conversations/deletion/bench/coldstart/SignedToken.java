package conversations.deletion.bench.coldstart;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token that the authorizer accepts. */
final class SignedToken {

  private static final String ALGORITHM = "HmacSHA256";

  private SignedToken() {}

  static String of(String appId, String secret) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String signed =
        base64(bytes("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"))
            + "."
            + base64(
                bytes(
                    "{\"appId\":\"%s\",\"iat\":%d,\"exp\":%d}".formatted(appId, now, now + 3600)));
    Mac mac = Mac.getInstance(ALGORITHM);
    mac.init(new SecretKeySpec(bytes(secret), ALGORITHM));
    return signed + "." + base64(mac.doFinal(bytes(signed)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
