package conversations.deletion.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * An e-mail that is to tell a bot's owner that a job was submitted. It names nobody: what the
 * e-mail says is read from the job when it is sent.
 *
 * @param submittedAt when the job was accepted
 * @param dueAt when the e-mail is tried next
 * @param attempts how often the service has begun to send it
 * @param hadNoAnswer whether the e-mail service did not answer an attempt, so that the owner may
 *     have the e-mail
 */
public record OwnerNotice(
    JobRef job, Instant submittedAt, Instant dueAt, int attempts, boolean hadNoAnswer) {

  /** For so long a failed attempt is made again. Later the e-mail is of no use. */
  private static final Duration TRIED_FOR = Duration.ofDays(1);

  private static final Duration FIRST_DELAY = Duration.ofMinutes(5);
  private static final Duration LONGEST_DELAY = Duration.ofHours(4);

  /** The notice of a job that is being submitted. It is due at once. */
  public static OwnerNotice of(DeletionJob job) {
    return new OwnerNotice(job.ref(), job.submittedAt(), job.submittedAt(), 0, false);
  }

  /**
   * The notice once an attempt has begun. If nobody learns how the attempt ends, it is tried again:
   * five minutes after the first one, twice as long after each further one, up to four hours.
   */
  public OwnerNotice begun(Instant now) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempts, 10));
    Instant next = now.plus(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
    return new OwnerNotice(job, submittedAt, next, attempts + 1, hadNoAnswer);
  }

  /** Tells whether an attempt that fails now was the last. */
  public boolean isLastAttemptAt(Instant now) {
    return !now.isBefore(submittedAt.plus(TRIED_FOR));
  }
}
