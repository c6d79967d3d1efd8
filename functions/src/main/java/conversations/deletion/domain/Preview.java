package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What a deletion job would delete, counted and listed, with nothing changed.
 *
 * @param bot the bot whose conversations it is about
 * @param id its id
 * @param requestedBy the client app that asked
 * @param target what is asked about, fixed at submission by the rules of a job
 * @param submittedAt when it was accepted
 * @param state the part of it that changes over time
 * @param requestFingerprint tells its request from others with the same idempotency key; absent if
 *     the request had no key
 */
public record Preview(
    BotId bot,
    PreviewId id,
    ClientAppId requestedBy,
    DeletionTarget target,
    Instant submittedAt,
    PreviewState state,
    Optional<RequestFingerprint> requestFingerprint) {

  /** The bot and the id of this preview. */
  public PreviewRef ref() {
    return new PreviewRef(bot, id);
  }

  /** The same preview in another state. */
  public Preview with(PreviewState newState) {
    return new Preview(bot, id, requestedBy, target, submittedAt, newState, requestFingerprint);
  }
}
