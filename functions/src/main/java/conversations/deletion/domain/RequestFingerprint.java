package conversations.deletion.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows whether two requests ask for the same, without showing what they ask for.
 *
 * <p>It is a hash of what was asked, not of the request's bytes, keyed with the secret of the
 * stack. So a reader of the fingerprint can't find out by trial whom the request was about. The
 * idempotency key is part of it: equal requests with different keys have different fingerprints.
 *
 * @param value 64 hexadecimal digits
 */
public record RequestFingerprint(String value) {

  /** The fingerprint of a request that came with this key. */
  public static RequestFingerprint of(
      DeletionRequest request, IdempotencyKey key, StackKey stackKey) {
    return new RequestFingerprint(
        stackKey.hash(stackKey.hash(key.value()) + "#" + canonical(request)));
  }

  /**
   * The same text for requests that ask for the same on the same terms. No id that a caller can
   * name holds a blank or a `#`, so both together begin the moment, and nothing else. The reference
   * comes last. A request without a moment has the text that it had before there were any.
   */
  private static String canonical(DeletionRequest request) {
    return target(request)
        + request.terms().notBefore().map(moment -> " #" + Timestamps.format(moment)).orElse("")
        + request.terms().reference().map(reference -> "#" + reference.value()).orElse("");
  }

  private static String target(DeletionRequest request) {
    return switch (request) {
      case DeletionRequest.ByPreview(PreviewId preview, _) -> "preview " + preview;
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
