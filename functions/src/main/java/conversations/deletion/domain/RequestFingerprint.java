package conversations.deletion.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows whether two requests ask for the same, without showing what they ask for.
 *
 * <p>It is a hash of what was asked, not of the request's bytes, and its key is the idempotency key
 * (HMAC-SHA256). That key is not stored. So a reader of the fingerprint can't find out by trial
 * whom the request was about.
 *
 * @param value 64 hexadecimal digits
 */
public record RequestFingerprint(String value) {

  private static final String ALGORITHM = "HmacSHA256";

  /** The fingerprint of a request that came with this key. */
  public static RequestFingerprint of(DeletionRequest request, IdempotencyKey key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] hash = mac.doFinal(canonical(request).getBytes(StandardCharsets.UTF_8));
      return new RequestFingerprint(HexFormat.of().formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * The same text for requests that ask for the same under the same reference. No id that a caller
   * can name holds a blank or a `#`, and the reference comes last.
   */
  private static String canonical(DeletionRequest request) {
    return target(request)
        + request.reference().map(reference -> "#" + reference.value()).orElse("");
  }

  private static String target(DeletionRequest request) {
    return switch (request) {
      case DeletionRequest.ByConversations(List<ConversationId> conversations, _) ->
          conversations.stream()
              .map(ConversationId::value)
              .sorted()
              .collect(Collectors.joining(" ", "conversations ", ""));
      case DeletionRequest.ByChannelUser(
              ChannelUserId user,
              Optional<Instant> start,
              Optional<Instant> end,
              _) ->
          "user %s from %s to %s"
              .formatted(
                  user,
                  start.map(Timestamps::format).orElse("default"),
                  end.map(Timestamps::format).orElse("default"));
    };
  }
}
