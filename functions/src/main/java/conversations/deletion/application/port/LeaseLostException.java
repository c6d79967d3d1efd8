package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;

/** Another worker has taken the job over; this one must stop. */
public final class LeaseLostException extends RuntimeException {

  public LeaseLostException(JobRef job, Throwable cause) {
    super("the lease of " + job.job() + " is lost", cause);
  }
}
