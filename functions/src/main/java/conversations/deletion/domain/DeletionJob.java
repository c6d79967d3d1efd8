package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One accepted request to delete.
 *
 * @param bot the bot whose conversations it deletes
 * @param id its id
 * @param requestedBy the client app that asked
 * @param target what it deletes, fixed at submission
 * @param submittedAt when it was accepted
 * @param state the part of it that changes over time
 * @param requestFingerprint tells its request from others with the same idempotency key; absent if
 *     the request had no key
 * @param terms what went with the request, with the moment that counts
 */
public record DeletionJob(
    BotId bot,
    JobId id,
    ClientAppId requestedBy,
    DeletionTarget target,
    Instant submittedAt,
    JobState state,
    Optional<RequestFingerprint> requestFingerprint,
    Terms terms) {

  /** The same job in another state. */
  public DeletionJob with(JobState newState) {
    return new DeletionJob(
        bot, id, requestedBy, target, submittedAt, newState, requestFingerprint, terms);
  }

  /** The caller's own name for the request; absent if there is none, or if it was forgotten. */
  public Optional<Reference> reference() {
    return terms.reference();
  }

  /** The moment before which nothing may be deleted; absent if only the window says when. */
  public Optional<Instant> notBefore() {
    return terms.notBefore();
  }

  /** The first moment at which the job may begin, if the window is open then. */
  public Instant mayBeginAt() {
    return notBefore().orElse(submittedAt);
  }

  /** The bot and the id of this job. */
  public JobRef ref() {
    return new JobRef(bot, id);
  }
}
