package conversations.deletion.domain;

import com.github.f4b6a3.uuid.factory.standard.NameBasedSha1Factory;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of what a request makes: a prefix and a name-based UUID (version 5, RFC 9562 section 5.5).
 * The same request always gives the same id, so one conditional write decides which of two equal
 * requests made the thing.
 *
 * @param prefix tells the kind of thing
 * @param namespace of these ids; never change it
 */
record RequestIds(String prefix, UUID namespace) {

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Tells whether {@code value} could be such an id. */
  boolean isValid(String value) {
    return value != null
        && value.startsWith(prefix)
        && UUID_FORM.matcher(value.substring(prefix.length())).matches();
  }

  /** The id of what a request with this idempotency key makes. It tells nothing of the key. */
  String of(BotId bot, ClientAppId clientApp, IdempotencyKey key, StackKey stackKey) {
    return of(bot, clientApp, "key", stackKey.hash(key.value()));
  }

  /**
   * The id of what a request without an idempotency key makes.
   *
   * @param invocation an id that no other request has
   */
  String of(BotId bot, ClientAppId clientApp, String invocation) {
    return of(bot, clientApp, "invocation", invocation);
  }

  private String of(BotId bot, ClientAppId clientApp, String kind, String request) {
    String name = String.join("#", bot.value(), clientApp.value(), kind, request);
    return prefix + Uuids.OF_NAMES.create(namespace, name);
  }

  /** Loaded only when an id is made, which most functions never do. */
  private static final class Uuids {

    /** Made without {@code UuidCreator}, which makes the factories of all versions at once. */
    private static final NameBasedSha1Factory OF_NAMES = new NameBasedSha1Factory();
  }
}
