package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * An e-mail that is to tell a bot's owner of a job that has not ended. It names nobody: what the
 * e-mail says is read from the job when it is sent.
 *
 * @param occasion what it is to tell
 * @param since when that happened
 * @param dueAt when the e-mail is tried next
 * @param attempts how often the service has begun to send it
 * @param hadNoAnswer whether the e-mail service did not answer an attempt, so that the owner may
 *     have the e-mail
 */
public record OwnerNotice(
    JobRef job,
    Occasion occasion,
    Instant since,
    Instant dueAt,
    int attempts,
    boolean hadNoAnswer) {

  /** What a notice tells. A job has one of each at most. */
  public enum Occasion {
    /** The job was submitted. */
    SUBMITTED,
    /** Nothing is left to do of the job but what a hold keeps. */
    ON_HOLD
  }

  /** For so long a failed attempt is made again. Later the e-mail is of no use. */
  private static final Duration TRIED_FOR = Duration.ofDays(1);

  private static final Duration FIRST_DELAY = Duration.ofMinutes(5);
  private static final Duration LONGEST_DELAY = Duration.ofHours(4);

  /** The notice of a job that is being submitted. It is due at once. */
  public static OwnerNotice submitted(DeletionJob job) {
    return due(job.ref(), Occasion.SUBMITTED, job.submittedAt());
  }

  /** The notice of a job that comes to wait for a hold. It is due at once. */
  public static OwnerNotice onHold(JobRef job, Instant now) {
    return due(job, Occasion.ON_HOLD, now);
  }

  private static OwnerNotice due(JobRef job, Occasion occasion, Instant since) {
    return new OwnerNotice(job, occasion, since, since, 0, false);
  }

  /**
   * Tells whether what it is to tell is still so. Of a job that has ended, or is to be cancelled,
   * the e-mail about its end tells, and of one that waits for a hold the notice of that.
   */
  public boolean isOfUse(JobState state) {
    boolean isOnHold = state.status() == JobStatus.ON_HOLD;
    return !state.status().isEnd()
        && state.cancelRequest().isEmpty()
        && isOnHold == (occasion == Occasion.ON_HOLD);
  }

  /**
   * The notice once an attempt has begun. If nobody learns how the attempt ends, it is tried again:
   * five minutes after the first one, twice as long after each further one, up to four hours.
   */
  public OwnerNotice begun(Instant now) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempts, 10));
    Instant next = now.plus(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
    return new OwnerNotice(job, occasion, since, next, attempts + 1, hadNoAnswer);
  }

  /** Tells whether an attempt that fails now was the last. */
  public boolean isLastAttemptAt(Instant now) {
    return !now.isBefore(since.plus(TRIED_FOR));
  }
}
