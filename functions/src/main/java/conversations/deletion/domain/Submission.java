package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request, with everything that decides what is made of it.
 *
 * @param bot the bot whose conversations the request is about
 * @param clientApp the client app that asks
 * @param idempotencyKey the client app's name for the request; absent if it gave none
 * @param invocation an id that no other request has
 * @param request what is asked; if it names a start, that is not later than its end or {@code
 *     submittedAt}
 * @param submittedAt when it was submitted, in whole milliseconds
 */
public record Submission<R extends DeletionRequest>(
    BotId bot,
    ClientAppId clientApp,
    Optional<IdempotencyKey> idempotencyKey,
    String invocation,
    R request,
    Instant submittedAt) {

  public Submission {
    submittedAt = Timestamps.toMillis(submittedAt);
  }

  /**
   * The fingerprint of the request; absent if it has no idempotency key.
   *
   * @param stackKey asked only if there is an idempotency key
   */
  public Optional<RequestFingerprint> fingerprint(Supplier<StackKey> stackKey) {
    return idempotencyKey.map(key -> RequestFingerprint.of(request, key, stackKey.get()));
  }
}
