package conversations.deletion.domain;

import java.util.UUID;

/**
 * Id of a deletion job: {@code cdj-} and a name-based UUID (version 5, RFC 9562 section 5.5).
 *
 * @param value the id, in lower case
 */
public record JobId(String value) {

  /** Never change the namespace: the same request must always give the same id. */
  private static final RequestIds IDS =
      new RequestIds("cdj-", UUID.fromString("d1d1f5b4-1f0e-4b53-8c3f-5c0d6a3c5d5e"));

  /**
   * @throws IllegalArgumentException if the value is not of that form
   */
  public JobId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("JobId must be 'cdj-' followed by a UUID");
    }
  }

  /** Tells whether {@code value} could be the id of a deletion job. */
  public static boolean isValid(String value) {
    return IDS.isValid(value);
  }

  /**
   * The id of the job that a request with an idempotency key makes. The same bot, client app and
   * key always give the same id. So one conditional write decides which of two equal requests made
   * the job. The id tells nothing of the key, which may say whom the request is about.
   */
  public static JobId of(BotId bot, ClientAppId clientApp, IdempotencyKey key, StackKey stackKey) {
    return new JobId(IDS.of(bot, clientApp, key, stackKey));
  }

  /**
   * The id of the job that a request without an idempotency key makes.
   *
   * @param invocation an id that no other request has
   */
  public static JobId of(BotId bot, ClientAppId clientApp, String invocation) {
    return new JobId(IDS.of(bot, clientApp, invocation));
  }

  @Override
  public String toString() {
    return value;
  }
}
