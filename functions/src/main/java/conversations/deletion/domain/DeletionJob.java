package conversations.deletion.domain;

import java.time.Instant;

/**
 * One accepted request to delete.
 *
 * @param bot whose conversations
 * @param id its id
 * @param requestedBy the client app that asked
 * @param target what it deletes, fixed at submission
 * @param submittedAt when it was accepted
 * @param state what changes in its life
 */
public record DeletionJob(
    BotId bot,
    JobId id,
    ClientAppId requestedBy,
    DeletionTarget target,
    Instant submittedAt,
    JobState state) {

  /** The same job in another state. */
  public DeletionJob with(JobState newState) {
    return new DeletionJob(bot, id, requestedBy, target, submittedAt, newState);
  }

  /** What names this job. */
  public JobRef ref() {
    return new JobRef(bot, id);
  }
}
