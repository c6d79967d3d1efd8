package conversations.deletion.domain;

import com.github.f4b6a3.uuid.factory.standard.NameBasedSha1Factory;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Id of a deletion job: {@code cdj-} and a name-based UUID (version 5, RFC 9562 section 5.5).
 *
 * @param value the id, in lower case
 */
public record JobId(String value) {

  private static final Pattern FORM =
      Pattern.compile("cdj-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** The namespace of job ids. Never change it: the same request must always give the same id. */
  private static final UUID NAMESPACE = UUID.fromString("d1d1f5b4-1f0e-4b53-8c3f-5c0d6a3c5d5e");

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
    return value != null && FORM.matcher(value).matches();
  }

  /**
   * The id of the job that a request with an idempotency key makes. The same bot, client app and
   * key always give the same id. So one conditional write decides which of two equal requests made
   * the job. The id tells nothing of the key, which may say whom the request is about.
   */
  public static JobId of(BotId bot, ClientAppId clientApp, IdempotencyKey key, StackKey stackKey) {
    return of(bot, clientApp, "key", stackKey.hash(key.value()));
  }

  /**
   * The id of the job that a request without an idempotency key makes.
   *
   * @param invocation an id that no other request has
   */
  public static JobId of(BotId bot, ClientAppId clientApp, String invocation) {
    return of(bot, clientApp, "invocation", invocation);
  }

  private static JobId of(BotId bot, ClientAppId clientApp, String kind, String request) {
    String name = String.join("#", bot.value(), clientApp.value(), kind, request);
    return new JobId("cdj-" + Uuids.OF_NAMES.create(NAMESPACE, name));
  }

  /** Loaded only when an id is made, which most functions never do. */
  private static final class Uuids {

    /** Made without {@code UuidCreator}, which makes the factories of all versions at once. */
    private static final NameBasedSha1Factory OF_NAMES = new NameBasedSha1Factory();
  }

  @Override
  public String toString() {
    return value;
  }
}
