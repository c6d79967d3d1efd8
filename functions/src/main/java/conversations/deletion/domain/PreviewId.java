package conversations.deletion.domain;

import java.util.UUID;

/**
 * Id of a preview: {@code cdp-} and a name-based UUID (version 5, RFC 9562 section 5.5).
 *
 * @param value the id, in lower case
 */
public record PreviewId(String value) {

  /** Never change the namespace: the same request must always give the same id. */
  private static final RequestIds IDS =
      new RequestIds("cdp-", UUID.fromString("6f0f2c7e-8a55-4a0e-9a3b-0d4c1d6f7b21"));

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public PreviewId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("PreviewId must be 'cdp-' followed by a UUID");
    }
  }

  /** Tells whether {@code value} could be the id of a preview. */
  public static boolean isValid(String value) {
    return IDS.isValid(value);
  }

  /** The id of the preview that a request with an idempotency key makes, always the same. */
  public static PreviewId of(
      BotId bot, ClientAppId clientApp, IdempotencyKey key, StackKey stackKey) {
    return new PreviewId(IDS.of(bot, clientApp, key, stackKey));
  }

  /**
   * The id of the preview that a request without an idempotency key makes.
   *
   * @param invocation an id that no other request has
   */
  public static PreviewId of(BotId bot, ClientAppId clientApp, String invocation) {
    return new PreviewId(IDS.of(bot, clientApp, invocation));
  }

  @Override
  public String toString() {
    return value;
  }
}
