package conversations.deletion.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One accepted request to delete.
 *
 * @param bot whose conversations
 * @param id its id
 * @param requestedBy the client app that asked
 * @param target what it deletes, fixed at submission
 * @param submittedAt when it was accepted
 * @param state what changes in its life
 * @param requestFingerprint what tells the request from others with the same idempotency key;
 *     absent where there was no such key
 */
public record DeletionJob(
    BotId bot,
    JobId id,
    ClientAppId requestedBy,
    DeletionTarget target,
    Instant submittedAt,
    JobState state,
    Optional<RequestFingerprint> requestFingerprint) {

  /** The same job in another state. */
  public DeletionJob with(JobState newState) {
    return new DeletionJob(bot, id, requestedBy, target, submittedAt, newState, requestFingerprint);
  }

  /** What names this job. */
  public JobRef ref() {
    return new JobRef(bot, id);
  }
}
