package conversations.deletion.client.failure;

import conversations.deletion.domain.JobStatus;

/** The exit status of the client. The numbers never change: scripts rely on them. */
public enum ExitStatus {
  /** The command was done; a watched job has completed. */
  OK(0),
  /** The service or AWS refused the request. */
  REFUSED(1),
  /** The watched job has failed, and nothing of it was deleted; or a preview has failed. */
  JOB_FAILED(1),
  /** The command line, or what it names, cannot be used. */
  USAGE(2),
  /** The service or AWS could not be reached, or could not answer. */
  UNREACHABLE(3),
  /** The watched job has completed partially. */
  JOB_PARTIALLY_COMPLETED(4),
  /** The watched job was cancelled. */
  JOB_CANCELLED(5),
  /**
   * The watched job or preview had not ended when the time was over, or the job waits for a hold.
   */
  JOB_NOT_ENDED(6),
  /** The client itself has a fault, as with EX_SOFTWARE of sysexits.h. */
  FAULT(70);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The exit status of a command that watched a job. */
  public static ExitStatus of(JobStatus job) {
    return switch (job) {
      case COMPLETED -> OK;
      case PARTIALLY_COMPLETED -> JOB_PARTIALLY_COMPLETED;
      case FAILED -> JOB_FAILED;
      case CANCELLED -> JOB_CANCELLED;
      case QUEUED, IN_PROGRESS, ON_HOLD -> JOB_NOT_ENDED;
    };
  }
}
